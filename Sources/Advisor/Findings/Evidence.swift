package import Observations
package import TCPModel

/// What is, by the model or as it was seen.
package struct Evidence: Sendable {
  /// An attempt to connect that hung.
  package struct Attempt: Sendable {
    /// What made it end.
    package enum Cause: Sendable {
      /// Timers of this host, as the model has them.
      case timers(ConnectHang)
      /// Somebody's message; nil if the kernel does not say whose.
      case message(ICMPReport?)
    }

    /// Whether the time was seen; else the model says it.
    package var isMeasured = true
    /// How many the program tries, all of them counted.
    package var addresses = 1
    /// Whether it does not wait for one before it tries the next (RFC 8305).
    package var isRace = false
    /// One for each kind of end.
    package var causes: [Cause] = []
    /// What the group's `match` asks of a connection that a probe does not show.
    package var unseen: [ConnectionGroup.Match.Field] = []

    package init() {}
  }

  /// What the program is taken to set; of an attempt only where that differs from what it was made
  /// with.
  package var options: SocketOptions
  /// When the scenario ends, or how long the program hangs.
  package var timeToEnd: TimeToEnd?
  /// The longest outage that is survived; nil if that is not asked, or not limited.
  package var survives: Duration?
  /// How long after the outage that is to be survived traffic resumes at worst; nil if it is not
  /// survived, or none is named.
  package var resumes: Duration?
  /// The longest silence before a keepalive probe or heartbeat; nil if there is none, or if
  /// it is not asked.
  package var silence: Duration?
  /// The times of the program's own that play a part.
  package var timers = ApplicationTimers()
  /// What a sysctl holds that the profile asks for itself.
  package var sysctl: SysctlValue?
  /// Nil for a host.
  package var attempt: Attempt?

  package init(
    options: SocketOptions = SocketOptions(), timeToEnd: TimeToEnd? = nil,
    survives: Duration? = nil, resumes: Duration? = nil, attempt: Attempt? = nil
  ) {
    (self.options, self.timeToEnd) = (options, timeToEnd)
    (self.survives, self.resumes, self.attempt) = (survives, resumes, attempt)
  }
}
