import NetAddress
import Observations
import TCPModel

extension ProbedAddress {
  /// As the user wrote it, with the address of a name behind it.
  var name: String {
    guard let address = endpoint?.description, address != target else { return target }
    return resolution == nil ? address : "\(target) \(address)"
  }

  /// Whether a name took so long that it is a part of what a user waits.
  static func isNoticeable(_ resolution: Duration) -> Bool { resolution >= .milliseconds(100) }

  /// How long the name took, where that is worth saying: below 20 ms much of it is our own child.
  var lookUp: String? {
    guard let resolution else { return nil }
    let isMost = resolution >= .milliseconds(20) && resolution > result.connectTime ?? .zero
    guard Self.isNoticeable(resolution) || isMost else { return nil }
    return endpoint == nil ? "after \(resolution.text)" : "\(resolution.text) for the name"
  }
}

extension RaceReport {
  /// Of the winner; nil where it had no rival.
  var victory: String? {
    let rivals = losers.map { "\($0.endpoint) (\($0.outcome?.kind.text ?? "no answer yet"))" }
    guard !rivals.isEmpty else { return nil }
    return "won after \(wait.text) against \(rivals.joined(separator: ", "))"
  }

  /// Of those that have all lost; nil where there was but one.
  func defeat(of target: String) -> String? {
    guard losers.count > 1 else { return nil }
    let end =
      isMeasured(isWon: false)
      ? "none is open, known after \(wait.text)"
      : "none had answered after \(wait.text), when we stopped waiting"
    return "\(target), \(losers.count) addresses raced: \(end)"
  }
}

extension [ConnectOutcome.Kind: Int] {
  /// For example `2 open, 1 timed out`.
  var text: String {
    ConnectOutcome.Kind.allCases.compactMap { kind in
      self[kind].map { "\($0) \(kind.text)" }
    }.joined(separator: ", ")
  }
}

extension RoundStatistics {
  /// For example `2 open, 2 refused of 4; open after 29.4 µs to 1.2 ms, median 53 µs`.
  var text: String {
    var parts = ["\(counts.text) of \(rounds)"]
    if let loss, loss > 0 { parts.append("loss \(Self.percent(loss))") }
    if let times = times?.text, let timed { parts.append("\(timed.text) after \(times)") }
    return parts.joined(separator: "; ")
  }

  /// Never nothing where something was lost, nor everything where something came.
  private static func percent(_ share: Double) -> String {
    let tenths = Int(share * 1000 + 0.5)
    if tenths == 0 { return "< 0.1 %" }
    if tenths == 1000, share < 1 { return "> 99.9 %" }
    return tenths % 10 == 0 ? "\(tenths / 10) %" : "\(tenths / 10).\(tenths % 10) %"
  }
}

extension TimeStatistics {
  /// For example `29.4 µs to 1.2 ms, median 53 µs, 95 of 100 within 0.4 ms`; nil for a single
  /// time, and the 95th of a hundred only where there are twenty.
  var text: String? {
    guard count > 1 else { return nil }
    let tail = count >= 20 ? ", 95 of 100 within \(p95.text)" : ""
    return "\(least.text) to \(most.text), median \(median.text)\(tail)"
  }
}
