import TCPModel

/// What one program asks, in whole seconds, and how a candidate is held against the model.
struct KeepaliveRequirement {
  var within, survive, recover: Int?
  /// Half of the shortest memory on the path; nil where nothing forgets.
  var longestIdle: Int?
  /// TCP_USER_TIMEOUT in milliseconds; zero is off.
  var userTimeout = 0
  /// Numbers that the program sets by itself, whatever is chosen.
  var own = Keepalive.Pins()
  /// Whether what bounds the end, or the waits, from above holds, simulated exactly.
  var isInTime: (Keepalive) -> Bool
  /// Whether every objective holds, simulated exactly.
  var accepts: (Keepalive) -> Bool

  /// `survive: 0s` says that one lost probe may kill.
  var fewestProbes: Int { survive == 0 ? 1 : 3 }
}
