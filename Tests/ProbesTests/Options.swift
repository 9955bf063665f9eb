import Probes
import TCPModel

/// Options behind targets, as tests need them.
enum Options {
  @Sendable static func read(_ text: String) throws(ProbeTarget.Objection) -> (SocketOption, Int) {
    guard text == "TCP_SYNCNT=2" else { throw ProbeTarget.Objection(reason: "no option") }
    return (.synCount, 2)
  }
}
