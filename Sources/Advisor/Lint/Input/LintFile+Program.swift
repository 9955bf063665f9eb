import SysctlFiles

/// What a file of a known program holds.
package struct LintProgram: Sendable {
  let format: ConfigurationFormat
  let statements: [ConfigurationStatement]
  let settings: [ProgramSetting]
  let keepalive: KeepaliveSwitches

  init(_ statements: [ConfigurationStatement], of format: ConfigurationFormat) {
    (self.format, self.statements) = (format, statements)
    settings = format.settings(in: statements)
    keepalive = KeepaliveSwitches(settings, statements, inherited: format.inherited)
  }
}

extension LintFile {
  /// Reads a file of a known program: the settings that decide what is set on its sockets.
  ///
  /// - Parameter trees: what the file says, where it is YAML or JSON; read elsewhere.
  package init(
    program bytes: [UInt8], path: String, _ format: ConfigurationFormat,
    trees: [ConfigurationTree] = []
  ) {
    let text = SysctlFile(parsing: bytes)
    let statements =
      format.syntax == .tree ? format.statements(in: trees) : format.statements(in: text)
    self.init(path: path, text: text, LintProgram(statements, of: format))
  }
}
