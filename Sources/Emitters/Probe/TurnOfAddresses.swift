package import TCPModel

/// How long a client waits that tries the addresses of a name one after the other until one is open.
package struct TurnOfAddresses: Sendable {
  package let text: String
  /// Nil where it is not known, because an attempt was broken off before the kernel's own end.
  package let time: Duration?

  /// - Parameter rows: in the order in which the name has them.
  package init(_ rows: [ProbedAddress]) {
    var time = TimeRange(.zero, .zero)
    var isKnown = true
    for row in rows {
      let result = row.result
      if result.outcome == .undecided {
        // As long as the kernel would have gone on.
        guard let range = row.prediction?.range else {
          (self.text, self.time) = ("unknown", nil)
          return
        }
        time = TimeRange(time.earliest + range.earliest, time.latest + range.latest)
        isKnown = false
      } else {
        time = TimeRange(time.earliest + result.time, time.latest + result.time)
      }
      if result.outcome.kind == .open {
        self.time = isKnown ? time.earliest : nil
        text = "open after " + (isKnown ? time.earliest.text : time.text)
        return
      }
    }
    self.time = isKnown ? time.earliest : nil
    text = "none is open, known after " + (isKnown ? time.earliest.text : time.text)
  }
}
