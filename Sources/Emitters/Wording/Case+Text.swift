package import TCPModel

extension Case {
  /// Under which kernel and settings: `Linux 6.18.44, HZ=250, /proc/sys, with SO_KEEPALIVE`.
  package var circumstances: String {
    var parts = [
      snapshot.kernel.map { "Linux \($0)" } ?? "unknown kernel",
      snapshot.tickRate.map(\.description) ?? "unknown tick (HZ=100, 250 and 1000 played)",
      snapshot.source,
    ]
    if scenario == .neighbour {
      parts += [family.name, neighbourEntry == .stale ? "stale entry" : "no entry"]
    }
    if scenario.dependsOnTimeout { parts.append(path.text) }
    if !options.isEmpty { parts.append("with \(options.text)") }
    return parts.joined(separator: ", ")
  }
}

extension Path {
  /// `round trip 1–20 ms, 2 segments in flight`
  fileprivate var text: String {
    let (least, most) = (roundTrip.lowerBound.text, roundTrip.upperBound.text)
    let time = least == most ? least : "\(least)–\(most)"
    let timeout = retransmissionTimeout.map { "first RTO \($0.text)" } ?? "round trip \(time)"
    return segments == 1 ? timeout : "\(timeout), \(segments) segments in flight"
  }
}
