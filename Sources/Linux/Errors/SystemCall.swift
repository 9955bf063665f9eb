/// The one place that reads `errno`; a call that a signal cut short is made again.
///
/// - Parameters:
///   - again: false for connect, close and waits, which are not the same when made again.
///   - isOurs: whether the descriptors that it names are our own.
@discardableResult
func systemCall<I: FixedWidthInteger>(
  _ call: String, on subject: @autoclosure () -> String, again: Bool = true, isOurs: Bool = true,
  _ body: () -> I
) throws(SystemCallError) -> I {
  try outcome(call, on: subject, again: again, isOurs: isOurs) {
    let result = body()
    return result == -1 ? (result, Errno.current) : (result, nil)
  }
}

/// The same for the wrappers of CLinux, which return −errno.
///
/// - Parameter isOurs: whether the descriptors that it names are our own.
@discardableResult
func wrappedCall<I: FixedWidthInteger & SignedInteger>(
  _ call: String, on subject: @autoclosure () -> String, again: Bool = true, isOurs: Bool = true,
  _ body: () -> I
) throws(SystemCallError) -> I {
  try outcome(call, on: subject, again: again, isOurs: isOurs) {
    let result = body()
    return result < 0 ? (result, Errno(rawValue: CInt(-result))) : (result, nil)
  }
}

private func outcome<I>(
  _ call: String, on subject: () -> String, again: Bool, isOurs: Bool,
  _ body: () -> (I, Errno?)
) throws(SystemCallError) -> I {
  while true {
    let (result, code) = body()
    guard let code else { return result }
    let isBug = code == .badAddress || code == .badDescriptor && isOurs
    precondition(!isBug, "a bug in our use of \(call)")
    if code == .interrupted && again { continue }
    throw SystemCallError(call: call, subject: subject(), code: code)
  }
}
