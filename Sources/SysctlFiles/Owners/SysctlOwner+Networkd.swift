extension SysctlOwner {
  /// systemd-networkd sets forwarding, and what `.network` files say of the devices that they match.
  ///
  /// Source: systemd.network(5) and networkd.conf(5) of systemd 252 and 257.
  static let networkd = SysctlOwner("systemd-networkd") { reader in
    guard reader.files.isEnabled("systemd-networkd") else { return nil }
    var settings: [OwnedSetting] = []
    let daemon = "/etc/systemd/networkd.conf"
    for assignment in reader.assignments(in: daemon) where assignment.section == "Network" {
      settings += assignment.globalSettings(in: reader.files.shown(daemon))
    }
    for path in reader.files.networkFiles {
      settings += reader.settings(ofNetwork: path)
    }
    guard !settings.isEmpty else { return nil }
    return OwnerAct(
      because: "systemd-networkd.service is enabled", settings: settings,
      remedy: "change it in that file: systemd-networkd sets it with the device")
  }
}

extension HostFiles {
  /// The `.network` files; one hides those of its name in lower directories.
  fileprivate var networkFiles: [String] {
    var chosen: [String: String] = [:]
    for directory in ["/etc/systemd/network", "/run/systemd/network", "/usr/lib/systemd/network"] {
      for name in names(in: directory) where name.hasSuffix(".network") && chosen[name] == nil {
        chosen[name] = "\(directory)/\(name)"
      }
    }
    return chosen.sorted { $0.key < $1.key }.map(\.value)
  }
}

extension OwnerReader {
  /// What a file sets for the devices that it names; without a name nothing can be told.
  fileprivate mutating func settings(ofNetwork path: String) -> [OwnedSetting] {
    let assignments = assignments(in: path)
    let names = (assignments.value(of: "Name", in: "Match") ?? "").split(separator: " ")
    let shown = files.shown(path)
    return assignments.filter { $0.section == "Network" }.flatMap { assignment in
      names.filter { !$0.hasPrefix("!") }.flatMap {
        assignment.settings(of: String($0), in: shown)
      }
    }
  }
}

extension SectionedText.Assignment {
  private static let numbersOfFilter = ["no": "0", "strict": "1", "loose": "2"]

  /// What `networkd.conf` says of all devices.
  fileprivate func globalSettings(in file: String) -> [OwnedSetting] {
    switch name {
    case "IPv4Forwarding": flag.map { [setting("net/ipv4/ip_forward", $0, file)] } ?? []
    case "IPv6Forwarding": flag.map { [setting("net/ipv6/conf/all/forwarding", $0, file)] } ?? []
    default: []
    }
  }

  /// What a `.network` file says of a device.
  fileprivate func settings(of device: String, in file: String) -> [OwnedSetting] {
    let (v4, v6) = ("net/ipv4/conf/\(device)", "net/ipv6/conf/\(device)")
    let pair: (path: String, value: String?) =
      switch name {
      case "IPv4Forwarding": ("\(v4)/forwarding", flag)
      case "IPv6Forwarding": ("\(v6)/forwarding", flag)
      // Up to systemd 255 it is one for the machine.
      case "IPForward": ("net/ipv4/ip_forward", value.isYes || value == "ipv4" ? "1" : nil)
      case "IPv4ReversePathFilter": ("\(v4)/rp_filter", Self.numbersOfFilter[value])
      case "IPv4RouteLocalnet": ("\(v4)/route_localnet", flag)
      case "IPv4AcceptLocal": ("\(v4)/accept_local", flag)
      case "IPv4ProxyARP": ("\(v4)/proxy_arp", flag)
      case "IPv6HopLimit": ("\(v6)/hop_limit", value)
      case "IPv6ProxyNDP": ("\(v6)/proxy_ndp", flag)
      case "IPv6RetransmissionTimeSec":
        ("net/ipv6/neigh/\(device)/retrans_time_ms", milliseconds)
      default: ("", nil)
      }
    return pair.value.map { [setting(pair.path, $0, file)] } ?? []
  }

  /// Of a time in whole seconds or milliseconds.
  private var milliseconds: String? {
    if value.hasSuffix("ms") { return Int(value.dropLast(2)).map { "\($0)" } }
    return Int(value.hasSuffix("s") ? value.dropLast() : value[...]).map { "\($0 * 1000)" }
  }

  private var flag: String? { value.isYes ? "1" : value.isNo ? "0" : nil }

  private func setting(_ path: String, _ value: String, _ file: String) -> OwnedSetting {
    OwnedSetting(path, value, in: file, line: line)
  }
}
