package import TCPModel

/// What is known of a program, wherever it is used.
package struct KnownProgram: Hashable, Sendable {
  package let name: String
  package var summary: String?
  /// What its processes are called; empty for what is part of other programs, such as a driver.
  package var processes: [String] = []
  package var direction = ConnectionGroup.Direction.outbound
  /// What it sets by itself, by default.
  package var sets = SocketOptions()
  /// What it can be told to set; nil is everything.
  package var canSet: [SocketOption]?
  /// Whether it has one knob for the user timeout, which holds while it connects as well.
  package var hasSingleUserTimeout = false
  /// Whether it sets numbers of keepalive only where the host's are greater.
  package var onlyLowers = false
  /// What it sets along with TCP_KEEPIDLE; nil if each number is told by itself, or none.
  package var keepaliveLink: KeepaliveLink?
  /// How it is told, in the order in which they are written.
  package var knobs: [ProgramKnob] = []
  /// When it closes a connection that it does not use, by default; nil if it keeps all.
  package var unusedLimit: UnusedLimit?
  /// The times it keeps by itself, by default.
  package var application = ApplicationTimers()
  package var notes: String?
  package var source: String?
  /// ISO date on which the source was read.
  package var checkedOn: String?

  package init(_ name: String) { self.name = name }

  /// A time after which a program closes what it does not use, whatever keepalive finds.
  package struct UnusedLimit: Hashable, Sendable {
    /// The setting that decides it, as the program's documentation names it.
    package let name: String
    package let time: Duration

    package init(_ name: String, _ time: Duration) { (self.name, self.time) = (name, time) }
  }

  /// Returns what decides an option; nil if it has nothing of the kind.
  package func knob(_ option: SocketOption) -> ProgramKnob? { knob(.option(option)) }

  /// Returns what decides a time; nil if it has nothing of the kind.
  package func knob(_ timer: ProgramKnob.Timer) -> ProgramKnob? { knob(.timer(timer)) }

  /// What each option takes by its knob, where that is less than the kernel takes, in its unit.
  package var ranges: [SocketOption: ClosedRange<Int>] {
    var ranges: [SocketOption: ClosedRange<Int>] = [:]
    for knob in knobs {
      guard case .option(let option) = knob.subject, knob.range != nil else { continue }
      ranges[option] = knob.range(of: option)
    }
    return ranges
  }

  /// Returns what decides either.
  package func knob(_ subject: ProgramKnob.Subject) -> ProgramKnob? {
    knobs.first { $0.subject == subject }
  }
}
