import CLinux
package import NetAddress

extension Descriptor {
  /// What arrived: a TCP segment, over IPv4 from the IP header on, over IPv6 from the TCP header on,
  /// or a frame.
  package struct Packet: Hashable, Sendable {
    /// The first bytes; a long packet is cut.
    package let bytes: [UInt8]
    /// What it was before.
    package let length: Int
    /// The kernel's receive stamp, CLOCK_REALTIME; nil if it gave none.
    package let stamp: Duration?
  }

  /// Makes the socket drop whatever arrives (SO_ATTACH_FILTER with `ret 0`): its side falls silent.
  package func dropEverything() throws(SystemCallError) {
    let socket = number
    try wrappedCall("setsockopt", on: "SO_ATTACH_FILTER") { clinux_drop_everything(socket) }
  }

  /// Takes that away again (SO_DETACH_FILTER): from now on its side answers.
  package func dropNothing() throws(SystemCallError) {
    let socket = number
    try wrappedCall("setsockopt", on: "SO_DETACH_FILTER") { clinux_drop_nothing(socket) }
  }

  /// Makes the socket drop whatever arrives without this mark (SO_ATTACH_FILTER with SKF_AD_MARK).
  package func takeOnly(marked mark: UInt32) throws(SystemCallError) {
    let socket = number
    try wrappedCall("setsockopt", on: "SO_ATTACH_FILTER") { clinux_take_by_mark(socket, mark, 1) }
  }

  /// Makes the socket drop whatever arrives with this mark.
  package func drop(marked mark: UInt32) throws(SystemCallError) {
    let socket = number
    try wrappedCall("setsockopt", on: "SO_ATTACH_FILTER") { clinux_take_by_mark(socket, mark, 0) }
  }

  /// Marks what the socket sends from now on (SO_MARK).
  ///
  /// Needs CAP_NET_ADMIN over the socket's network namespace.
  package func mark(with mark: UInt32) throws(SystemCallError) {
    let socket = number
    try wrappedCall("setsockopt", on: "SO_MARK") { clinux_mark(socket, mark) }
  }

  /// Returns a socket that sees every TCP segment that arrives in this network namespace.
  ///
  /// Not a packet socket: closing one waits for an RCU grace period (`packet_release`), 16 ms each.
  package static func segmentSocket(_ family: AddressFamily, receiveBuffer: CInt)
    throws(SystemCallError) -> Descriptor
  {
    Descriptor(
      owning: try wrappedCall("socket", on: "segments over \(family)") {
        clinux_segment_socket(family.number, receiveBuffer)
      })
  }

  /// Returns a packet socket that sees every frame that arrives at or leaves a link of this network
  /// namespace, from its header on.
  package static func frameSocket(receiveBuffer: CInt) throws(SystemCallError) -> Descriptor {
    Descriptor(
      owning: try wrappedCall("socket", on: "frames") {
        clinux_frame_socket(receiveBuffer)
      })
  }

  /// Returns the next packet; nil if none is waiting.
  package func receivePacket(atMost count: Int = 128) throws(SystemCallError) -> Packet? {
    var bytes = [UInt8](repeating: 0, count: count)
    var stamp: Int64 = 0
    let socket = number
    do throws(SystemCallError) {
      let length = try wrappedCall("recvmsg", on: "segments") {
        clinux_receive_packet(socket, &bytes, count, &stamp)
      }
      bytes.removeLast(max(0, count - length))
      return Packet(
        bytes: bytes, length: length, stamp: stamp > 0 ? .nanoseconds(stamp) : nil)
    } catch  where error.code == .wouldBlock {
      return nil
    }
  }
}
