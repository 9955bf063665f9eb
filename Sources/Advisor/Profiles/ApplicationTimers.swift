import TCPModel

/// The times that a program keeps by itself, whatever the kernel does.
package struct ApplicationTimers: Hashable, Sendable {
  /// When it gives up connecting to one address.
  package var connectTimeout: Duration?
  /// When it gives up connecting, all addresses of a name together.
  package var connectTotal: Duration?
  /// The longest time without a message of its own on a connection that is not in use.
  package var heartbeat: Duration?
  /// How long it waits for the answer to what it sent.
  package var readTimeout: Duration?

  package init() {}

  package static let all = ProgramKnob.Timer.allCases.map(\.path)

  /// When the program ends a scenario, counted from the event that begins it; that of an attempt to
  /// connect ends every kind of attempt.
  var deadlines: [Scenario: Duration] {
    var deadlines: [Scenario: Duration] = [:]
    deadlines[.connect] = [connectTimeout, connectTotal].compactMap { $0 }.min()
    deadlines[.send] = readTimeout
    return deadlines
  }

  /// Returns those that play a part in a scenario.
  func deciding(_ scenario: Scenario) -> ApplicationTimers {
    var timers = ApplicationTimers()
    switch scenario {
    case .connect, .neighbour:
      (timers.connectTimeout, timers.connectTotal) = (connectTimeout, connectTotal)
    case .idle where heartbeat != nil:
      (timers.heartbeat, timers.readTimeout) = (heartbeat, readTimeout)
    case .send: timers.readTimeout = readTimeout
    case .movedAddress, .accept, .idle, .zeroWindow, .close, .finWait, .timeWait: break
    }
    return timers
  }

  /// Returns what both say of one program; nil if they contradict each other.
  func joined(with other: ApplicationTimers) -> ApplicationTimers? {
    var joined = self
    for timer in Self.all {
      let (mine, theirs) = (self[keyPath: timer], other[keyPath: timer])
      guard mine == nil || theirs == nil || mine == theirs else { return nil }
      joined[keyPath: timer] = mine ?? theirs
    }
    return joined
  }
}
