import CLinux

extension Descriptor {
  /// A packet that arrived at an interface, from its IP header on.
  package struct Packet: Hashable, Sendable {
    /// The first bytes; a long packet is cut.
    package let bytes: [UInt8]
    /// The kernel's receive stamp, CLOCK_REALTIME; nil where it gave none.
    package let stamp: Duration?
    /// Whether it is the copy that was seen leaving; on loopback every packet is also seen arriving.
    package let isOutgoing: Bool
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

  /// A socket that sees every packet that arrives at an interface of this network namespace.
  package static func packetSocket(on interface: String, receiveBuffer: CInt)
    throws(SystemCallError) -> Descriptor
  {
    Descriptor(
      owning: try wrappedCall("socket", on: "AF_PACKET on \(interface)") {
        clinux_packet_socket(interface, receiveBuffer)
      })
  }

  /// The next packet; nil when none is waiting.
  package func receivePacket(atMost count: Int = 256) throws(SystemCallError) -> Packet? {
    var bytes = [UInt8](repeating: 0, count: count)
    var arrival = clinux_arrival()
    let socket = number
    do throws(SystemCallError) {
      let length = try wrappedCall("recvmsg", on: "AF_PACKET") {
        clinux_receive_packet(socket, &bytes, count, &arrival)
      }
      bytes.removeLast(count - length)
    } catch  where error.code == .wouldBlock {
      return nil
    }
    return Packet(
      bytes: bytes,
      stamp: arrival.stamp_nanoseconds > 0 ? .nanoseconds(arrival.stamp_nanoseconds) : nil,
      isOutgoing: arrival.packet_type == 4)  // PACKET_OUTGOING
  }
}
