import SysctlFiles
import TCPModel

extension LintRule {
  /// A congestion control that the kernel does not have.
  static let unknownCongestionControl = LintRule(
    "TA069", "unknown-congestion-control", .error,
    why:
      "A name that the kernel does not find is refused (ENOENT): the one before stays. It loads the"
      + " module tcp_NAME by itself when root writes the name.",
    source:
      "tcp_set_default_congestion_control in net/ipv4/tcp_cong.c; net/ipv4/Kconfig; tried on Linux"
      + " 6.18",
    remedy: "Choose one of tcp_available_congestion_control, or install the kernel that has it.",
    .keys([.tcpCongestionControl]) { assignment, context in
      guard let name = assignment.words.first, assignment.words.count == 1, !assignment.isQuoted
      else { return nil }
      guard let since = stock[String(name)] else {
        return LintHit("\(assignment.text): no stock kernel has \(name.prefix(40))")
      }
      if let since, context.oldest < since {
        return LintHit(
          "\(assignment.text): \(name) came with Linux \(since), and Linux"
            + " \(context.oldest.series) does not have it", since: since.description)
      }
      let module = "tcp_\(name)"
      guard !assignment.target.isNamespace, let modules = context.host.modules,
        name != "reno", !modules.mayLoad(module)
      else { return nil }
      return LintHit(
        "\(assignment.text): the kernel has \(module) neither built in nor among its modules",
        remedy: "Install the package with the module \(module), or choose another.")
    }
  )

  /// Each with the first release that has it, where that is later than 3.10.
  private static let stock: [String: KernelVersion?] = [
    "bbr": KernelVersion(4, 9), "bic": nil, "cdg": KernelVersion(4, 2), "cubic": nil,
    "dctcp": KernelVersion(3, 18), "highspeed": nil, "htcp": nil, "hybla": nil, "illinois": nil,
    "lp": nil, "nv": KernelVersion(4, 8), "reno": nil, "scalable": nil, "vegas": nil, "veno": nil,
    "westwood": nil, "yeah": nil,
  ]
}
