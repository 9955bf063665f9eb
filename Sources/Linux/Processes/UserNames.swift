/// The names of users that this host keeps itself (passwd(5)); nobody else is asked.
package struct UserNames: Sendable {
  private var names: [UInt32: String] = [:]

  /// Reads lines such as `postgres:x:113:120::/var/lib/postgresql:/bin/bash`; the first of a number
  /// counts, and what is no such line is left out.
  package init(parsing text: String) {
    for line in text.split(separator: "\n") {
      let fields = line.split(separator: ":", omittingEmptySubsequences: false)
      guard fields.count > 2, !fields[0].isEmpty, let id = UInt32(fields[2]) else { continue }
      if names[id] == nil { names[id] = String(fields[0]) }
    }
  }

  /// Those of `/etc/passwd` below a root; none where it cannot be read.
  package init(root: String = "") {
    let text = try? ProcFS(root: root).text("etc/passwd", limit: 1 << 22)
    self.init(parsing: text ?? "")
  }

  /// Nil if the host has no name for the number.
  package subscript(id: UInt32) -> String? { names[id] }
}
