import TCPModel

/// Settings that are tried on top of what a solution has so far.
struct Candidate {
  var sysctls: [SysctlKey: Int] = [:]
  var options: [SocketOption: Int] = [:]
  var connectUserTimeout: Int?
  var deadlines: [Scenario: Duration] = [:]
  /// Whether the program does what it does today, whatever the solution has for it.
  var ignoresProgram = false
}
