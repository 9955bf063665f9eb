import TCPModel

extension LintRule {
  /// A number of keepalive where nothing switches it on.
  static let keepaliveNotOn = LintRule(
    "TA090", "keepalive-not-on", .warning,
    why: "Without SO_KEEPALIVE no probe is ever sent, whatever its times are.",
    source: "tcp_set_keepalive in net/ipv4/tcp_timer.c; read back from live sockets",
    remedy: "Switch keepalive on in the same place.",
    .settings { setting, program, _ in
      guard case .option(let option) = setting.knob.subject,
        [.keepIdle, .keepInterval, .keepCount].contains(option),
        let value = program.format.value(of: setting)
      else { return nil }
      if value.number == 0, !setting.isRaw {
        return setting.knob.zeroSwitchesOff
          ? LintHit("\(setting.text): switches keepalive off") : nil
      }
      guard let knob = setting.program.knob(.keepalive),
        setting.isRaw || knob.name != setting.knob.name, !program.keepsAlive(where: setting)
      else { return nil }
      let off = program.switches(of: setting).last.map {
        "by \($0.text) in line \($0.name.place.line)"
      }
      return LintHit(
        "\(setting.text): keepalive is off, \(off ?? "without \(setting.isRaw ? "SO_KEEPALIVE" : knob.name)")"
      )
    }
  )
}

extension LintProgram {
  /// Whether keepalive is on where a setting holds: by what is said in its section, in the one whose
  /// settings it inherits, or in one that inherits it; or else by the program itself.
  fileprivate func keepsAlive(where setting: ProgramSetting) -> Bool {
    let (program, own) = (setting.program, setting.statement.section)
    if keepalive.isOnBelow[own]?.contains(program.name) == true { return true }
    let said = switches(of: setting).last { $0.isOn != nil }
    return said?.isOn ?? (program.sets[.keepalive] ?? 0 != 0)
  }

  /// What switches it on or off there; that of its own section last.
  fileprivate func switches(of setting: ProgramSetting) -> [ProgramSetting] {
    let own = setting.statement.section
    let base = keepalive.bases.last { $0 < own }
    return [base, own].compactMap(\.self).flatMap { keepalive.switches[$0] ?? [] }
      .filter { $0.program.name == setting.program.name }
  }
}
