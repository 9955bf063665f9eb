package import TCPModel

extension ReconnectTrial {
  /// What each way costs, what dissolving does, and when that is a good idea.
  package func text(_ style: Style) -> String {
    style.fold("\(address), \(renewed.outcomes.count) connects each way")
      + style.table([
        ["close and a new socket", renewed.text], ["the same socket, dissolved", reused.text],
      ])
      + ([saving] + effects + [advice]).map { style.fold("  \($0)", hanging: 2) }.joined()
  }

  /// In microseconds of this host's calls.
  private var saving: String {
    guard let old = renewed.median, let new = reused.median,
      let wait = TimeStatistics(waits)?.median
    else { return "nothing to compare" }
    let saved = old.microseconds - new.microseconds
    let verb = saved >= 0 ? "saves \(saved)" : "costs \(-saved)"
    return
      "Dissolving \(verb) µs of \(old.microseconds) µs on this host; waiting for the peer takes "
      + "\(wait.microseconds) µs either way."
  }

  private var effects: [String] {
    let ports =
      reused.ports.count > 1
      ? "The local port was another one in \(reused.ports.count) of \(reused.outcomes.count) rounds."
      : "The local port stayed the same."
    let options =
      changed.isEmpty
      ? "All \(kept) options kept their values."
      : "\(kept) options kept their values, but "
        + changed.map { "\($0.option) went from \($0.before) to \($0.after)" }
        .joined(separator: ", ") + "."
    return [ports, options]
  }

  /// Source: `tcp_disconnect`, which sends a RST wherever a connection stands, and drops what was
  /// neither read nor acknowledged.
  private var advice: String {
    reused.open > 0
      ? """
      Each dissolving sent the peer a RST: its reads fail with ECONNRESET, and what either side had \
      not read is lost. Good after both have said all there is to say and the peer takes a RST for \
      an end; not with data under way, nor with a peer that logs or counts it as an error.
      """
      : "No connection stood, so the peer saw nothing of the dissolving: for attempts that fail it is safe."
  }
}

extension ReconnectTrial.Way {
  fileprivate var text: String {
    let cost = median.map { "\($0.microseconds) µs a round" } ?? "no round"
    let failures = Dictionary(grouping: outcomes.filter { $0.kind != .open }, by: \.kind)
    let words = ([(ConnectOutcome.Kind.open, open)] + failures.map { ($0.key, $0.value.count) })
      .filter { $0.1 > 0 }.sorted { $0.0.rawValue < $1.0.rawValue }.map { "\($0.1) \($0.0.text)" }
    return "\(cost), \(words.joined(separator: ", "))"
  }
}

extension Duration {
  package var microseconds: Int {
    Int(components.seconds) * 1_000_000 + Int(components.attoseconds / 1_000_000_000_000)
  }
}
