/// The sysctl files of one host, from which each loader takes what it reads.
package struct SysctlConfiguration: Hashable, Sendable {
  /// In each directory the files in no order; no two of one name.
  package var files: [SysctlDirectory: [ConfigurationFile]]
  /// `/etc/sysctl.conf`; nil if it is not there.
  package var mainFile: ConfigurationFile?
  /// Directories that could not be read, with the errno's name.
  package var unreadDirectories: [String: String]

  package init(
    files: [SysctlDirectory: [ConfigurationFile]] = [:], mainFile: ConfigurationFile? = nil,
    unreadDirectories: [String: String] = [:]
  ) {
    (self.files, self.mainFile) = (files, mainFile)
    self.unreadDirectories = unreadDirectories
  }

  /// Returns what a loader makes of the files.
  /// - Parameter isRun: whether the loader is started at all.
  package func load(by loader: SysctlLoader, isRun: Bool = true) -> SysctlLoad {
    SysctlLoad(of: self, by: loader, isRun: isRun)
  }

  /// Returns what a loader sees a file say.
  func entries(of file: ConfigurationFile, readBy loader: SysctlLoader) -> [SysctlEntry] {
    let path = shownPath(of: file)
    return file.text?.statements(readBy: loader).map { line, statement in
      SysctlEntry(file: path, line: line, statement: statement)
    } ?? []
  }

  /// Debian links 99-sysctl.conf to sysctl.conf, so that both loaders come to it: one file still.
  package func shownPath(of file: ConfigurationFile) -> String {
    guard let target = file.target else { return file.path }
    let others = files.values.joined() + [mainFile].compactMap(\.self)
    return others.contains { $0.path == target } ? target : file.path
  }
}
