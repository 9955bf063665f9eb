package import NetAddress

/// What the kernel does in a work queue after it has said yes.
extension RouteNetlink {
  /// Waits until the kernel sends through a link; ETIMEDOUT if it does not in time.
  ///
  /// It notices that the other side is up at once as a rule, at worst after a second
  /// (`linkwatch_schedule_work`).
  package mutating func waitUntilOperational(_ index: UInt32, for timeout: Duration)
    throws(SystemCallError)
  {
    try wait(for: timeout, on: "link \(index)") { network throws(SystemCallError) in
      try network.link(index).isOperational
    }
  }

  /// Waits until packets to an address of this host are taken in; ETIMEDOUT if they are not in time.
  ///
  /// An IPv6 address that a socket can be bound to gets its route later (`addrconf_dad_work`).
  package mutating func waitUntilLocal(_ address: IPAddress, for timeout: Duration)
    throws(SystemCallError)
  {
    try wait(for: timeout, on: "\(address)") { network throws(SystemCallError) in
      do throws(SystemCallError) {
        return try network.way(to: address).isLocal
      } catch  where error.code == .networkUnreachable {
        return false
      }
    }
  }

  private mutating func wait(
    for timeout: Duration, on subject: @autoclosure () -> String,
    until isSo: (inout RouteNetlink) throws(SystemCallError) -> Bool
  ) throws(SystemCallError) {
    let end = KernelClock.monotonic.now + timeout
    while try !isSo(&self) {
      guard KernelClock.monotonic.now < end else {
        throw SystemCallError(call: "wait", subject: subject(), code: .timedOut)
      }
      KernelClock.sleep(for: .milliseconds(1))
    }
  }
}
