import Linux
import NetAddress
import TCPModel

/// A device between the two ends of one connection on loopback, which forgets it after a silence.
///
/// Both ends take only segments with its mark, and nobody else sends those: it passes on what the tap
/// has seen, with the kernel's receive stamps for a clock, as long as it knows the connection.
final class ForgettingRelay {
  /// What tells segments that were passed on; any number will do.
  static let mark: UInt32 = 0x7463_7061

  private let box: ForgettingBox
  /// Sends with the mark.
  private let output: SharedSocket
  private let address: IPAddress
  /// What was sent before was taken without a device.
  private let begin: Duration
  private var lastCounted: Duration
  private var lost = 0
  private var hasForgotten = false

  /// Puts it between two ends that have nothing under way.
  init(
    _ box: ForgettingBox, between ends: [SharedSocket], since start: Duration,
    over family: AddressFamily, sendingBy output: SharedSocket
  ) throws(SystemCallError) {
    (self.box, self.output, lastCounted) = (box, output, start)
    address = .loopback(family)
    for end in ends { try end.descriptor.takeOnly(marked: Self.mark) }
    begin = KernelClock.monotonic.now
  }

  /// Takes in a segment of one end: passes it on, answers it or swallows it.
  /// - Returns: whether it was passed on.
  func take(_ sighting: PacketTap.CapturedSegment, ofClient: Bool) throws(SystemCallError) -> Bool {
    guard sighting.time > begin, !sighting.segment.isSYN else { return false }
    // The kernel begins to stamp a moment after it was asked (`net_enable_timestamp`): the handshake's
    // last segment may have the time at which it was read.
    let isBare = sighting.segment.length == 0
    if ofClient, isBare, sighting.time < begin + .milliseconds(5) { return false }
    if ofClient, lost < box.lostSegments {
      lost += 1
      return false
    }
    hasForgotten = hasForgotten || sighting.time - lastCounted >= box.memory
    guard !hasForgotten else {
      if box.expiry == .reset, !sighting.segment.isRST { try send(sighting.segment.reset) }
      return false
    }
    if box.countsKeepalive || sighting.segment.length > 0 { lastCounted = sighting.time }
    try send(Array(sighting.bytes))
    return true
  }

  private func send(_ segment: [UInt8]) throws(SystemCallError) {
    // `rawv6_sendmsg` takes a port for a protocol.
    try output.descriptor.send(
      InternetChecksum.fill(in: segment, from: address, to: address),
      to: Endpoint(address, port: 0))
  }
}

extension Segment {
  /// The RST that its sender takes for an answer (RFC 9293, 3.5.3): with the number it waits for.
  fileprivate var reset: [UInt8] {
    func bytes(_ number: UInt32) -> [UInt8] {
      [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }
    let next = sequence &+ UInt32(truncatingIfNeeded: sequenceLength)
    return bytes(UInt32(endpoints.destination) << 16 | UInt32(endpoints.source))
      + bytes(acknowledged) + bytes(next) + [0x50, 0x14, 0, 0, 0, 0, 0, 0]
  }
}
