import NetAddress
import Observations
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
  /// - Parameter kernel: when the kernel gives up; nil where the attempt did not hang.
  package func detail(kernel: TimeToEnd?) -> String {
    let late = lateness.map { "seen up to \($0.text) late, because this process was delayed" }
    return [isInterrupted && outcome == .undecided ? "interrupted" : nil, cause(kernel), late]
      .compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: "; ")
  }

  private func cause(_ kernel: TimeToEnd?) -> String {
    switch outcome {
    case .open(let isReset): openDetail(isReset: isReset)
    case .refused: "ECONNREFUSED" + (report.map { ": \(sentence($0))" } ?? "")
    case .unreachable(let errno): "\(errno): \(unreachableDetail)"
    case .timedOut: timedOutDetail(kernel: kernel)
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
    if isDeadNeighbour, let nextHop {
      return "\(nextHop.name) does not answer on \(nextHop.device), reported by this host"
    }
    if let report { return sentence(report) }
    guard isAtOnce else { return "no ICMP message names the sender" }
    return outcome.errno == "ENETUNREACH"
      ? "no route of this host leads there, or it is a broadcast address"
      : "by a route of this host"
  }

  /// A message that the kernel took note of without giving up.
  private var notTheEnd: String? { report.map { "\($0.text), which did not end it" } }

  private func timedOutDetail(kernel: TimeToEnd?) -> String {
    let parts = [
      notTheEnd, "ETIMEDOUT", nextHop?.text(hasSent: hasSent),
      kernel.map { "predicted \($0.text)" },
    ]
    return parts.compactMap { $0 }.joined(separator: "; ")
  }

  private func undecidedDetail(kernel: TimeToEnd?) -> String {
    let count = retransmissions.map { "\($0 + 1) SYN\($0 == 0 ? "" : "s")" } ?? "it"
    let parts = [
      notTheEnd, hasSent ? "no answer to \(count)" : nil, nextHop?.text(hasSent: hasSent),
      kernel.flatMap(Self.end),
    ]
    return parts.compactMap { $0 }.joined(separator: "; ")
  }

  /// Whether a SYN can have left: not while the address of the next hop has been asked for in vain.
  private var hasSent: Bool {
    retransmissions != 0 || nextHop?.isUnknownSinceBegin != true
  }

  private static func end(of kernel: TimeToEnd) -> String? {
    switch kernel.ends {
    case .always: "the kernel gives up after \(kernel.text)"
    case .never: "the kernel never gives up"
    case .maybeNever: "the kernel gives up after \(kernel.text)"
    case .unknown: nil
    }
  }

  /// What an error of this host means for connect(2), where its name does not say it.
  private static func hint(_ call: String, _ errno: String) -> String {
    switch (call, errno) {
    case (_, "EADDRNOTAVAIL") where call == "bind": ", no address of this host"
    case ("bind", "EACCES"):
      ", a port below ip_unprivileged_port_start, which needs CAP_NET_BIND_SERVICE"
    case (_, "EADDRNOTAVAIL"):
      """
      , no local port is left (ip_local_port_range, --reset keeps none), the pair is in use, or this host \
      has no IPv6 address to connect from
      """
    case (_, "EMFILE"): ", this process may have no more descriptors (ulimit -n)"
    case (_, "ENFILE"): ", this host may have no more files (fs.file-max)"
    case ("connect", "EACCES"): ", a prohibiting route or a policy of this host"
    case ("setsockopt", "EPERM"): ", an interface, which before Linux 5.7 needs CAP_NET_RAW"
    // No firewall: TCP does not hear of a SYN that is dropped on its way out (`tcp_connect`).
    case ("connect", "EPERM"): ", a policy of this host (a BPF program of the cgroup, seccomp)"
    case ("connect", "EINVAL"):
      ", a blackhole route, or a link-local address without its %interface"
    default: ""
    }
  }
}

extension ICMPReport {
  /// Who says what.
  package var text: String {
    if isOwn, isUnreachableHost {
      return "no neighbour answers, or a firewall rejects it, reported by this host"
    }
    return
      "\(meaning), reported by \(isOwn ? "this host" : sender?.description ?? "an unknown router")"
  }
}

extension NextHop {
  /// Who is asked for.
  fileprivate var name: String { isGateway ? "the gateway \(address)" : "the neighbour \(address)" }

  /// Nil where it has nothing to do with silence.
  fileprivate func text(hasSent: Bool) -> String? {
    let protocolName = address.family == .v6 ? "neighbour discovery" : "ARP"
    switch state {
    case .incomplete, .failed:
      return "\(name) does not answer \(protocolName) on \(device)"
        + (hasSent ? "" : ", so no SYN has left")
    case .delay, .probe: return question
    case .reachable, .stale, .noARP, .permanent, .none: return nil
    }
  }
}
