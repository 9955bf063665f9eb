/// A call that failed: which one, on what, why.
package struct SystemCallError: Error, Hashable, Sendable, CustomStringConvertible {
  package let call: String
  package let subject: String
  package let code: Errno

  package init(call: String, subject: String, code: Errno) {
    (self.call, self.subject, self.code) = (call, subject, code)
  }

  /// For example `open /proc/sys/net/ipv4/tcp_mem: EACCES`.
  package var description: String { "\(call) \(subject): \(code)" }
}
