/// The answer to one request, as its datagrams come in.
struct NetlinkAnswer {
  /// How an answer ends.
  enum Ending: Equatable {
    case complete
    /// A dump that is not one state of things.
    case inconsistent
    case refused(Errno)
  }

  /// Messages that the protocol itself uses.
  private enum Control {
    static let none: UInt16 = 1  // NLMSG_NOOP
    static let error: UInt16 = 2  // NLMSG_ERROR
    static let done: UInt16 = 3  // NLMSG_DONE
    static let overrun: UInt16 = 4  // NLMSG_OVERRUN
  }

  /// Of the request.
  private let name: String
  private let sequence: UInt32
  /// Without a dump or an acknowledgement the one message asked for is all that comes.
  private let isOneMessage: Bool
  private var isInconsistent = false

  init(to request: NetlinkRequest, sequence: UInt32) {
    (name, self.sequence) = (request.kind.name, sequence)
    isOneMessage = !request.flags.contains(.acknowledge)
  }

  /// Takes a datagram and hands on what is in it.
  ///
  /// Messages of another sequence belong to a request that was given up, and are passed over.
  /// - Returns: how the answer ended; nil if more is to come.
  mutating func take(_ datagram: ArraySlice<UInt8>, handing on: (NetlinkMessage) -> Void)
    throws(NetlinkMessage.Truncated) -> Ending?
  {
    for message in try NetlinkMessage.split(datagram) where message.sequence == sequence {
      if message.flags.contains(.interrupted) { isInconsistent = true }
      switch message.type {
      case Control.none: continue
      case Control.error: return try ending(code: message.payload.uint32(at: 0))
      case Control.done: return try ending(code: message.payload.uint32(at: 0) ?? 0)
      case Control.overrun: return .refused(.noBufferSpace)
      default:
        on(message)
        if isOneMessage && !message.flags.contains(.multi) { return .complete }
      }
    }
    return nil
  }

  /// Takes datagrams until the answer is whole, and hands on what is in them.
  ///
  /// - Throws: what the kernel refuses, as a failed call with the request's name; EBADMSG for a
  ///   datagram that is cut short.
  mutating func takeAll(
    on subject: () -> String, handing on: (NetlinkMessage) -> Void,
    from next: () throws(SystemCallError) -> ArraySlice<UInt8>
  ) throws(SystemCallError) -> NetlinkSocket.Consistency {
    while true {
      let datagram = try next()
      let ending: Ending?
      do throws(NetlinkMessage.Truncated) {
        ending = try take(datagram, handing: on)
      } catch {
        ending = .refused(.badMessage)
      }
      switch ending {
      case nil: continue
      case .complete: return .whole
      case .inconsistent: return .inconsistent
      case .refused(let code):
        throw SystemCallError(call: name, subject: subject(), code: code)
      }
    }
  }

  /// - Parameter code: 0, or −errno.
  private func ending(code: UInt32?) throws(NetlinkMessage.Truncated) -> Ending {
    guard let code else { throw NetlinkMessage.Truncated(offset: 16) }
    let number = Int32(bitPattern: code)
    if number < 0 { return .refused(Errno(rawValue: 0 &- number)) }
    return isInconsistent ? .inconsistent : .complete
  }
}
