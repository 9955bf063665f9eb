import Linux
import TCPModel

/// The modules that a host has once it is up.
enum BootModules {
  private static let folders = [
    "/etc/modules-load.d", "/run/modules-load.d", "/usr/local/lib/modules-load.d",
    "/usr/lib/modules-load.d",
  ]
  private static let sizeLimit = 1 << 20

  /// Returns those that are built in, or that a file of modules-load.d(5) names; nil where nothing
  /// tells what is built in.
  static func names(root: String, kernel: KernelVersion) -> Set<String>? {
    let builtIn = [root, "\(root)/usr"].lazy.compactMap { prefix in
      text("\(prefix)/lib/modules/\(kernel.release)/modules.builtin")
    }.first
    guard let builtIn else { return nil }
    let listed = [text("\(root)/etc/modules")] + folders.flatMap { texts(in: root + $0) }
    return Set(builtIn.split(separator: "\n").map(name(ofPath:)))
      .union(listed.compactMap(\.self).flatMap(names))
  }

  private static func texts(in folder: String) -> [String?] {
    let names = (try? ProcFS(root: folder).list("")) ?? []
    return names.filter { $0.hasSuffix(".conf") }.map { text("\(folder)/\($0)") }
  }

  private static func text(_ path: String) -> String? {
    try? ProcFS(root: path).text("", limit: sizeLimit)
  }

  /// `kernel/net/netfilter/nf_conntrack.ko` is nf_conntrack.
  private static func name(ofPath path: Substring) -> String {
    let file = path.split(separator: "/").last ?? ""
    return normalized(file.prefix { $0 != "." })
  }

  private static func names(in text: String) -> [String] {
    text.split(separator: "\n").compactMap { line in
      let word = line.split { $0 == " " || $0 == "\t" }.first ?? ""
      return word.isEmpty || word.hasPrefix("#") || word.hasPrefix(";") ? nil : normalized(word)
    }
  }

  /// Names are the same with `-` and with `_`.
  private static func normalized(_ name: Substring) -> String {
    String(name.map { $0 == "-" ? "_" : $0 })
  }
}
