package import TCPModel

extension ConnectOutcome.Kind {
  /// In a table.
  package var text: String {
    switch self {
    case .timedOut: "timed out"
    case .localError: "local error"
    default: rawValue
    }
  }
}

extension ConnectResult {
  /// What there is to say beside the outcome and its time.
  /// - Parameter kernel: when the kernel gives up an attempt that nobody answers.
  package func detail(kernel: Span?) -> String {
    switch outcome {
    case .open(let isReset): openDetail(isReset: isReset)
    case .refused: "ECONNREFUSED" + (report.map { ": \(sentence($0))" } ?? "")
    case .unreachable(let errno): "\(errno): \(unreachableDetail)"
    case .timedOut: "ETIMEDOUT" + (kernel.map { "; predicted \($0.text)" } ?? "")
    case .undecided: undecidedDetail(kernel: kernel)
    case .localError(let call, let errno): "\(call): \(errno)" + Self.hint(call, errno)
    case .unresolved(let reason): reason
    }
  }

  private func openDetail(isReset: Bool) -> String {
    let parts = [
      roundTrip.map { "round trip \($0.text)" }, lostSYNs,
      report.map { "\($0.text), which did not end it" },
      isReset ? "the peer has reset it since (ECONNRESET)" : nil,
    ]
    return parts.compactMap { $0 }.joined(separator: "; ")
  }

  private var lostSYNs: String? {
    guard let retransmissions, retransmissions > 0 else { return nil }
    return retransmissions == 1 ? "1 SYN sent again" : "\(retransmissions) SYNs sent again"
  }

  /// What a message says, and for how long the attempt went on without it.
  private func sentence(_ report: ICMPReport) -> String {
    [report.text, lostSYNs].compactMap { $0 }.joined(separator: "; ")
  }

  private var unreachableDetail: String {
    if let report { return sentence(report) }
    return isAtOnce ? "this host has no way there" : "no ICMP message says who"
  }

  private func undecidedDetail(kernel: Span?) -> String {
    var text =
      "no answer to \(retransmissions.map { "\($0 + 1) SYN\($0 == 0 ? "" : "s")" } ?? "it")"
    if let report { text += "; \(report.text), which did not end it" }
    if let kernel, kernel.ends == .always { text += "; the kernel gives up after \(kernel.text)" }
    return text
  }

  /// What an error of this host means for connect(2), where its name does not say it.
  private static func hint(_ call: String, _ errno: String) -> String {
    switch (call, errno) {
    case (_, "EADDRNOTAVAIL") where call == "bind": ", no address of this host"
    case (_, "EADDRNOTAVAIL"): ", no local port is left (ip_local_port_range) or the pair is in use"
    case (_, "EMFILE"): ", this process may have no more descriptors (ulimit -n)"
    case (_, "ENFILE"): ", this host may have no more files (fs.file-max)"
    case ("connect", "EACCES"): ", a prohibiting route or a policy of this host"
    // No firewall: TCP does not hear of a SYN that is dropped on its way out (`tcp_connect`).
    case ("connect", "EPERM"): ", a policy of this host (a BPF program of the cgroup, seccomp)"
    case ("connect", "EINVAL"): ", a blackhole route, or an address that needs a scope"
    default: ""
    }
  }
}

extension ICMPReport {
  /// Who says what.
  package var text: String {
    if isOwn, isUnreachableHost {
      return "no neighbour answers, or a firewall rejects it, says this host"
    }
    return "\(meaning), says \(isOwn ? "this host" : sender ?? "an unknown router")"
  }

  private var isUnreachableHost: Bool { isV6 ? type == 1 && code == 3 : type == 3 && code == 1 }
}
