package import Observations
package import TCPModel

extension SocketFact {
  /// All that is played, in the order it is shown.
  /// - Parameter rules: those of the running kernel; nil where it is not known.
  package static func all(under rules: KernelRules?) -> [SocketFact] {
    var text = "\(ofConnect)\n\(ofRoutes)\n\(ofReuse)\n\(ofRestarts)"
    for row in OptionRow.all { text += row.text }
    return facts(in: text, under: rules) + ofTicks(under: rules)
  }

  /// A line is a fact: its name, the release it is known from where that matters, and its claim.
  private static func facts(in text: String, under rules: KernelRules?) -> [SocketFact] {
    text.split(separator: "\n").map { line in
      let words = line.split(separator: "=", maxSplits: 1)
      let head = words[0].split(separator: " ")
      let since = head.count > 1 ? KernelVersion(String(head[1])) : nil
      return SocketFact(
        String(head[0]), String(words[1].dropFirst()), doubt: doubt(since, rules))
    }
  }

  /// Why a claim that holds from a release on may not hold here.
  private static func doubt(_ since: KernelVersion?, _ rules: KernelRules?) -> String? {
    guard let since else { return nil }
    guard let rules else { return "it is not known which kernel this is" }
    return rules.release < since ? "known from Linux \(since) on" : nil
  }

  /// What is rounded up to whole ticks; no wait is shorter than two (`TCP_TIMEOUT_MIN`).
  private static func ofTicks(under rules: KernelRules?) -> [SocketFact] {
    let hertz = rules.flatMap { $0.tickRates.count == 1 ? $0.tickRates[0].hertz : nil } ?? 0
    let isWhole = hertz > 0 && 1000 % hertz == 0
    let tick = isWhole ? 1_000_000 / hertz : 4000
    let doubt =
      doubt(KernelVersion(6, 15), rules) ?? (isWhole ? nil : "a tick is no whole millisecond")
    let least = "set \(tick): EINVAL, set \(tick + 1): \(2 * tick)"
    let longest = (4001 * 1000 + tick - 1) / tick * tick / 1000
    return [
      SocketFact("TCP_RTO_MIN_US.least", "option TCP_RTO_MIN_US, \(least)", doubt: doubt),
      SocketFact("TCP_DELACK_MAX_US.least", "option TCP_DELACK_MAX_US, \(least)", doubt: doubt),
      SocketFact(
        "TCP_RTO_MAX_MS.rounded", "option TCP_RTO_MAX_MS, set 4001: \(longest)", doubt: doubt),
    ]
  }
}
