import Linux

/// The network namespace in which the far ends of all empty links are.
///
/// One packet socket sees them all: closing each takes an RCU grace period (`packet_release`).
final class LinkPeer {
  /// Of every link there.
  let tap: Descriptor
  let namespace: Descriptor
  /// The runs that are under way, by the address that each connects to, and since when frames are
  /// theirs.
  var runs: [[UInt8]: (run: LiveRun, since: Duration)] = [:]
  private var links = 0

  private init(tap: consuming Descriptor, namespace: consuming Descriptor) {
    self.tap = tap
    self.namespace = namespace
  }

  /// Makes it and comes back; or says why there is none.
  static func made() -> Result<LinkPeer, SystemCallError> {
    do throws(SystemCallError) {
      let home = try NetworkNamespace.current()
      try NetworkNamespace.enterNew()
      let side = inside()
      try NetworkNamespace.enter(home)
      return side
    } catch {
      return .failure(error)
    }
  }

  private static func inside() -> Result<LinkPeer, SystemCallError> {
    // Far ends need no address, and would only talk about theirs.
    _ = try? ProcFS().write("1", to: "sys/net/ipv6/conf/default/disable_ipv6")
    do throws(SystemCallError) {
      let tap = try Descriptor.frameSocket(receiveBuffer: 4 << 20)
      return .success(LinkPeer(tap: tap, namespace: try NetworkNamespace.current()))
    } catch {
      return .failure(error)
    }
  }

  /// Returns a name for the far end of one more link, and its number.
  func next() -> (name: String, number: Int) {
    links += 1
    return ("far\(links)", links)
  }

  /// Does something in its namespace and comes back.
  func inside<Value>(_ body: () throws(SystemCallError) -> Value) throws(SystemCallError) -> Value {
    let home = try NetworkNamespace.current()
    try NetworkNamespace.enter(namespace)
    let result: Result<Value, SystemCallError>
    do throws(SystemCallError) {
      result = .success(try body())
    } catch {
      result = .failure(error)
    }
    try NetworkNamespace.enter(home)
    return try result.get()
  }

  /// Returns what came from the near ends since the last call.
  func sightings() throws(SystemCallError) -> [(frame: Frame, time: Duration)] {
    var sightings: [(frame: Frame, time: Duration)] = []
    while let packet = try tap.receivePacket() {
      guard let frame = Frame(packet.bytes) else { continue }
      sightings.append((frame, packet.time))
    }
    return sightings
  }
}
