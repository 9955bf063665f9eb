import Linux
import NetAddress

/// Sees the TCP segments of one family in one network namespace, with the kernel's time stamps.
final class PacketTap {
  /// A segment and when it arrived, on the monotonic clock.
  struct CapturedSegment {
    let segment: Segment
    let time: Duration
    /// The segment as it was sent, but for its checksum, which loopback leaves out.
    let bytes: ArraySlice<UInt8>
  }

  let socket: Descriptor
  let family: AddressFamily

  init(_ family: AddressFamily) throws(SystemCallError) {
    self.family = family
    socket = try Descriptor.segmentSocket(family, receiveBuffer: 4 << 20)
  }

  /// nil if such sockets are forbidden, or the kernel has none.
  static func ifAllowed(_ family: AddressFamily) throws(SystemCallError) -> PacketTap? {
    do throws(SystemCallError) {
      return try PacketTap(family)
    } catch {
      switch error.code {
      case .notPermitted, .accessDenied, .addressFamilyNotSupported, .noSystemCall: return nil
      default: throw error
      }
    }
  }

  /// Returns the segments that came since the last call.
  func sightings() throws(SystemCallError) -> [CapturedSegment] {
    var sightings: [CapturedSegment] = []
    while let packet = try socket.receivePacket() {
      guard let segment = Segment(packet, over: family) else { continue }
      let header = family == .v4 ? Int(packet.bytes[0] & 15) * 4 : 0
      sightings.append(
        CapturedSegment(
          segment: segment, time: packet.time, bytes: packet.bytes.dropFirst(header)))
    }
    return sightings
  }
}

extension Segment {
  fileprivate init?(_ packet: Descriptor.Packet, over family: AddressFamily) {
    switch family {
    case .v4: self.init(packet.bytes)
    case .v6: self.init(packet.bytes[...], length: packet.length, isIPv6: true)
    }
  }
}

extension Descriptor.Packet {
  /// When it arrived, on the monotonic clock.
  var time: Duration {
    // Stamps are of the realtime clock, which somebody may set: only their age is used.
    KernelClock.monotonic.now - (stamp.map { KernelClock.realtime.now - $0 } ?? .zero)
  }
}
