import Laboratory

extension FuzzTarget {
  /// What the tap and the link see: packets and frames.
  static let packets = FuzzTarget("packets", longest: 512, rate: 50000) {
    (bytes) throws(FuzzFault) in
    let segments = [
      Segment(bytes), Segment(bytes[...], length: bytes.count, isIPv6: true),
      Segment(bytes[...], length: 0, isIPv6: true),
    ]
    for segment in segments.compactMap(\.self) where segment.length < 0 {
      throw FuzzFault("a segment of \(segment.length) bytes")
    }
    if let frame = Frame(bytes), frame.target.count != 4, frame.target.count != 16 {
      throw FuzzFault("an address of \(frame.target.count) bytes")
    }
  }
}
