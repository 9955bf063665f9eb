import SysctlFiles

/// What a file of a known program holds.
package struct LintProgram: Sendable {
  let format: ConfigurationFormat
  let statements: [ConfigurationStatement]
  let settings: [ProgramSetting]
  let keepalive: KeepaliveSwitches

  init(_ text: SysctlFile, of format: ConfigurationFormat) {
    self.format = format
    statements = format.statements(in: text)
    settings = format.settings(in: statements)
    keepalive = KeepaliveSwitches(settings, statements, inherited: format.inherited)
  }
}

extension LintFile {
  /// Reads a file of a known program: the settings that decide what is set on its sockets.
  package init(program bytes: [UInt8], path: String, _ format: ConfigurationFormat) {
    let text = SysctlFile(parsing: bytes)
    self.init(path: path, text: text, LintProgram(text, of: format))
  }
}
