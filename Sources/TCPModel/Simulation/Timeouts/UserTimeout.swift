/// TCP_USER_TIMEOUT: it ends a connection at the first timer fire at which nothing was acknowledged
/// for that long, and it shortens waits so that a timer fires then.
enum UserTimeout {
  /// Returns after how many jiffies of its clock no whole wait is left.
  static func cutting(_ timeout: Int, to userTimeout: Int, hertz: Int) -> Int {
    let left = userTimeout * hertz - timeout * 1000
    return left < 0 ? 0 : left / 1000 + 1
  }

  /// Returns by how many jiffies what has gone of it and what is left, in milliseconds both, may differ in
  /// sum: a millisecond is cut off what has gone, where a tick is no whole number of them.
  static func spread(hertz: Int) -> Int {
    1000.isMultiple(of: hertz) ? 0 : (hertz + 999) / 1000
  }

  /// Returns the wait a retransmission timer is armed with.
  ///
  /// Corresponds to `tcp_clamp_rto_to_user_timeout`, Linux 4.19 and later.
  /// - Parameters:
  ///   - timeout: the retransmission timeout, in jiffies.
  ///   - userTimeout: milliseconds; zero is off.
  ///   - elapsed: jiffies since the clock of the limit was started.
  static func clamp(_ timeout: Int, to userTimeout: Int, elapsed: Int, hertz: Int) -> Int {
    guard userTimeout > 0 else { return timeout }
    // Mostly it is far away; divisions take their time.
    if userTimeout * hertz - elapsed * 1000 >= timeout * 1000 { return timeout }
    let remaining = userTimeout - elapsed * 1000 / hertz
    if remaining <= 0 { return 1 }
    return min(timeout, (remaining * hertz + 999) / 1000)
  }
}
