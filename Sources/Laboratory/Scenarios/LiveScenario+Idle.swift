import Linux
import Observations
import Probes
import TCPModel

extension LiveScenario {
  /// The connection's last activity is the handshake, which on loopback is over within `connect`.
  static let idle = LiveScenario(
    // On an idle connection no time is worse than that of its first probe.
    outageBeginsWithEvent: true,
    arrange: { (request, testNamespace) throws(SystemCallError) in
      let client = try request.client()
      let listener = try testNamespace.answeringListener(request.socketFamily)
      let start = KernelClock.monotonic.now
      try client.startConnecting(to: listener.address)
      let peer = try listener.accept()
      let info = try client.descriptor.tcpInfo()
      if request.box == nil { try peer.descriptor.dropEverything() }
      let run = try LiveRun(
        request, client: client, peer: peer, to: listener.address, start: start,
        in: testNamespace, info: info)
      try run.placeBox(in: testNamespace)
      if request.optionsSetAfter > .zero { run.optionsDue = start + request.optionsSetAfter }
      return run
    },
    // A probe repeats the last byte that was acknowledged (`tcp_xmit_probe_skb`); here, the SYN.
    classify: { segment, seen in
      !segment.isSYN && segment.length == 0 && segment.sequence == seen.initial
        ? .keepaliveProbe : nil
    },
    counting: .init(of: \.probes, as: .keepaliveProbe))
}
