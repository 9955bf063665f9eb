extension SysctlOwner {
  /// dockerd switches forwarding on as it starts, unless `ip-forward` is false.
  ///
  /// Source: dockerd(8), `--ip-forward`.
  static let docker = SysctlOwner("Docker") { reader in
    guard reader.files.isEnabled("docker") else { return nil }
    let path = "/etc/docker/daemon.json"
    let words = (reader.text(path) ?? "").filter { !" \t\r\n".contains($0) }
    guard !words.contains("\"ip-forward\":false") else { return nil }
    let unit = reader.files.shown("/etc/systemd/system/multi-user.target.wants/docker.service")
    return OwnerAct(
      because: "docker.service is enabled",
      settings: [OwnedSetting("net.ipv4.ip_forward", "1", in: unit)],
      remedy: "\"ip-forward\": false in \(reader.files.shown(path)) leaves it alone")
  }
}
