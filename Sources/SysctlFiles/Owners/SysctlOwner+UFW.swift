extension SysctlOwner {
  /// ufw has `sysctl -p` read a file as it starts.
  ///
  /// Source: ufw-init-functions of ufw 0.36, where `IPT_SYSCTL` of `/etc/default/ufw` names it.
  static let ufw = SysctlOwner("ufw") { reader in
    let switches = reader.assignments(in: "/etc/ufw/ufw.conf")
    let isOn = switches.value(of: "ENABLED")?.isYes == true
    // Where the switch cannot be read it may be on.
    guard isOn || switches.isEmpty else { return nil }
    let named = reader.assignments(in: "/etc/default/ufw").value(of: "IPT_SYSCTL")
    let path = named ?? "/etc/ufw/sysctl.conf"
    guard path.hasPrefix("/"), let text = reader.text(path) else { return nil }
    let shown = reader.files.shown(path)
    let settings = SysctlFile(parsing: text).statements(readBy: .procps4).compactMap {
      line, statement in
      SysctlLoader.procps4.understands(statement)
        ? statement.value.map {
          OwnedSetting(statement.pattern, $0.text, in: shown, line: line)
        } : nil
    }
    guard !settings.isEmpty else { return nil }
    return OwnerAct(
      because: "the firewall\(isOn ? "" : ", if it is on,") reads \(shown) as it starts",
      settings: settings)
  }
}
