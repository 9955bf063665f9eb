import Advisor
import TCPModel

extension Finding {
  /// What is requested: `send within 30 s`.
  private var request: String { "\(scenario.map { "\($0.rawValue) " } ?? "")\(wish)" }

  /// What is requested and what comes about, in a sentence: `send within 30 s: MISSED: ends after …`.
  var outcomeText: String {
    let mark = status.isMet ? "" : "\(status.name.uppercased()): "
    return "\(request): \(mark)\(reason)"
  }

  /// What is requested and missed, in a sentence: `pool: send within 30 s: ends after …`.
  var unmetText: String {
    [group, request, reason].filter { !$0.isEmpty }.joined(separator: ": ")
  }
}
