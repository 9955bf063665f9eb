/// What systemd is told about the unit of its loader.
///
/// Source: systemd.unit(5) and kernel-command-line(7) of systemd 257. What lies below `/run` is gone at
/// the next boot.
package enum LoaderUnit: Hashable, Sendable {
  case runs
  /// It is never started, by the file that says so.
  case masked(by: String)
  /// It runs on a condition, or runs something else, by a line of a drop-in.
  case changed(by: String)

  private static let name = "systemd-sysctl.service"
  /// The highest first.
  private static let directories = [
    "/etc/systemd/system", "/usr/local/lib/systemd/system", "/usr/lib/systemd/system",
    "/lib/systemd/system",
  ]

  /// The file that keeps it from being started; nil if none does.
  package var mask: String? {
    if case .masked(let path) = self { path } else { nil }
  }

  /// The line after which it may not do what it does; nil if there is none.
  package var change: String? {
    if case .changed(let place) = self { place } else { nil }
  }

  init(on files: any HostFiles) {
    let units = Self.directories.map { "\($0)/\(Self.name)" }
    let commandLine = "/proc/cmdline"
    if let unit = units.first(where: { files.exists($0) }), files.content(of: unit) == .text("") {
      self = .masked(by: files.shown(unit))
    } else if let line = files.text(commandLine), Self.isMasked(by: line) {
      self = .masked(by: files.shown(commandLine))
    } else if let place = Self.change(on: files) {
      self = .changed(by: place)
    } else {
      self = .runs
    }
  }

  private static func isMasked(by commandLine: String) -> Bool {
    commandLine.split { " \n".contains($0) }.contains { word in
      ["systemd.mask=\(name)", "systemd.mask=\(name.dropLast(".service".count))"].contains(word)
    }
  }

  /// The first line of a drop-in after which it may not do what it does; a drop-in hides those of its
  /// name in lower directories.
  private static func change(on files: any HostFiles) -> String? {
    var seen: Set<String> = []
    for directory in directories.map({ "\($0)/\(name).d" }) {
      for file in files.names(in: directory) where file.hasSuffix(".conf") {
        let path = "\(directory)/\(file)"
        guard seen.insert(file).inserted, let text = files.text(path) else { continue }
        let line = SectionedText(parsing: text).assignments.first(where: \.decidesAboutStart)?.line
        if let line { return FilePlace(files.shown(path), line).description }
      }
    }
    return nil
  }
}

extension SectionedText.Assignment {
  /// Whether a unit is started only on this condition, or starts this instead.
  fileprivate var decidesAboutStart: Bool {
    switch section {
    case "Unit": (name.hasPrefix("Condition") || name.hasPrefix("Assert")) && !value.isEmpty
    case "Service": name == "ExecStart"
    default: false
    }
  }
}
