import TCPModel

extension LintRule {
  /// A setting of an interface by its name.
  static let lateInterface = LintRule(
    "TA034", "late-interface", .note,
    why: "An interface that is not up as the file is loaded is not found: procps then exits with 1;"
      + " systemd-sysctl is called once more by udev, for conf and neigh.",
    source: "sysctl.d(5); 99-systemd.rules",
    remedy: "Set it where the interface is configured, or rely on systemd-sysctl.",
    .assignments { assignment, _ in
      guard !assignment.target.isNamespace, let device = assignment.device,
        !["all", "default", "lo"].contains(device)
      else { return nil }
      return LintHit(
        "\(device) has to be there as the file is loaded, or `sysctl --system` fails on this line")
    }
  )
}

extension LintAssignment {
  private static let folders = [
    "net.ipv4.conf.", "net.ipv6.conf.", "net.ipv4.neigh.", "net.ipv6.neigh.",
  ].map { Array($0.utf8) }

  /// The device that the key is of; nil if it is of none.
  fileprivate var device: Substring? {
    guard let name = key?.rawValue.utf8,
      let folder = Self.folders.first(where: name.starts(with:))
    else { return nil }
    let parts = name.dropFirst(folder.count).split(separator: UInt8(ascii: "."))
    return parts.count == 2 ? Substring(parts[0]) : nil
  }
}
