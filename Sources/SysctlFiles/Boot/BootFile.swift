/// A sysctl file, and which loaders read it.
package struct BootFile: Hashable, Sendable {
  package let file: ConfigurationFile
  /// The boot's loader, the other one, or both.
  package let readBy: [SysctlLoader]
  /// The path of the file of the same name that hides it from the boot's loader.
  package let hiddenBy: String?

  /// Lines that set nothing although they are no comments; without a fault those whose name is no
  /// text, as in a binary file.
  package var faults: [(line: Int, fault: SysctlLine.Fault?)] {
    file.text?.lines.compactMap { line in
      switch line.content {
      case .malformed(let fault): (line.number, fault)
      case .statement(let statement) where !statement.name.text.isName: (line.number, nil)
      case .statement, .comment, .blank: nil
      }
    } ?? []
  }
}

extension String {
  /// Whether a key may be called so: it is text, without control characters.
  var isName: Bool {
    unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7F && $0 != "\u{FFFD}" }
  }
}

extension BootSequence {
  /// All files of the configuration: those that are read in the order of reading, then the others.
  package var files: [BootFile] {
    let loads = [load, otherLoad]
    let read = (load.files + otherLoad.files).reduce(into: [ConfigurationFile]()) { files, file in
      if !files.contains(where: { $0.path == file.path }) { files.append(file) }
    }
    let others = SysctlDirectory.allCases.flatMap { settings.configuration.files[$0] ?? [] }
      .filter { file in !read.contains { $0.path == file.path } }
    return (read + others.sorted { $0.path < $1.path }).map { file in
      BootFile(
        file: file,
        readBy: loads.filter { $0.files.contains { $0.path == file.path } }.map(\.loader),
        hiddenBy: load.hidden[file.path])
    }
  }
}
