import Linux

/// Sees every TCP segment on the loopback of one network namespace, with the kernel's time stamps.
final class PacketTap {
  /// A segment and when it arrived, on the monotonic clock.
  struct Sighting {
    let segment: Segment
    let time: Duration
  }

  let socket: Descriptor

  private init() throws(SystemCallError) {
    socket = try Descriptor.packetSocket(on: "lo", receiveBuffer: 4 << 20)
  }

  /// nil where packet sockets are forbidden, or the kernel has none.
  static func ifAllowed() throws(SystemCallError) -> PacketTap? {
    do throws(SystemCallError) {
      return try PacketTap()
    } catch {
      if refusals.contains(error.code) { return nil }
      throw error
    }
  }

  private static let refusals: [Errno] = [
    .notPermitted, .accessDenied, .addressFamilyNotSupported, .noSystemCall,
  ]

  /// The segments that came since the last call.
  func sightings() throws(SystemCallError) -> [Sighting] {
    var sightings: [Sighting] = []
    while let packet = try socket.receivePacket() {
      guard !packet.isOutgoing, let segment = Segment(packet.bytes) else { continue }
      // Stamps are of the realtime clock, which somebody may set: only their age is used.
      let age = packet.stamp.map { Clock.realtime.now - $0 } ?? .zero
      sightings.append(Sighting(segment: segment, time: Clock.monotonic.now - age))
    }
    return sightings
  }
}
