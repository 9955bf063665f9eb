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
  /// The times it keeps by itself, by default.
  package var application = ApplicationTimers()
  package var notes: String?
  package var source: String?
  /// ISO date on which the source was read.
  package var checkedOn: String?

  package init(_ name: String) { self.name = name }
}
