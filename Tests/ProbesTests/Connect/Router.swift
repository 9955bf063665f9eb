import Linux
import NetAddress
import TCPModel
import Testing

/// A router in a namespace of its own behind a pair of links: 10.8.N.2 and fd08:N::2, this side .1.
///
/// It knows no way to 10.80.0.0/16 and forbids fd80::/16; 10.81.0.0/16 and fd81::/16 lie behind it.
final class Router {
  private let number: UInt8
  private let home, away: Descriptor

  init(_ number: UInt8) throws {
    self.number = number
    home = try NetworkNamespace.current()
    try NetworkNamespace.enterNew()
    away = try NetworkNamespace.current()
    try NetworkNamespace.enter(home)
    try link()
    try there { try route() }
  }

  var address: String { "10.8.\(number).2" }
  var addressV6: String { "fd08:\(number)::2" }

  /// Does something on the router.
  func there(_ action: () throws -> Void) throws {
    try NetworkNamespace.enter(away)
    defer { try? NetworkNamespace.enter(home) }
    try action()
  }

  /// Makes it the way to somewhere.
  func lead(to prefix: String, length: UInt8) throws {
    var network = try RouteNetlink()
    let prefix = IPPrefix(try Self.address(prefix), length: length)
    let gateway = prefix.address.family == .v4 ? address : addressV6
    try network.add(Route(to: prefix, by: try Self.address(gateway)))
  }

  /// Listens on the router itself.
  func listener(_ family: AddressFamily) throws -> Descriptor {
    let address = try Self.address(family == .v4 ? address : addressV6)
    try NetworkNamespace.enter(away)
    defer { try? NetworkNamespace.enter(home) }
    let listener = try Descriptor.streamSocket(family)
    try listener.listen(on: Endpoint(address, port: 0), backlog: 10)
    return listener
  }

  private static func address(_ text: String) throws -> IPAddress {
    try #require(IPAddress(text))
  }

  private func link() throws {
    var network = try RouteNetlink()
    try network.addPair(
      RouteNetlink.PairEnd("near\(number)"), RouteNetlink.PairEnd("far\(number)"),
      farEnd: .ofDescriptor(away.number))
    try give("near\(number)", "10.8.\(number).1", "fd08:\(number)::1")
  }

  private func route() throws {
    try give("far\(number)", address, addressV6)
    var network = try RouteNetlink()
    try network.add(Route(.unreachable, to: IPPrefix(try Self.address("10.80.0.0"), length: 16)))
    try network.add(Route(.prohibit, to: IPPrefix(try Self.address("fd80::"), length: 16)))
    try network.addPair(RouteNetlink.PairEnd("out"), RouteNetlink.PairEnd("nowhere"))
    try network.bringUp(try network.link("nowhere").index)
    try give("out", "10.81.0.1", "fd81::1", length: 16)
    try ProcFS().write("1", to: "sys/net/ipv4/ip_forward")
    try ProcFS().write("1", to: "sys/net/ipv6/conf/all/forwarding")
    // As many messages as tests ask for.
    try ProcFS().write("0", to: "sys/net/ipv4/icmp_ratelimit")
    try ProcFS().write("0", to: "sys/net/ipv6/icmp/ratelimit")
  }

  private func give(_ link: String, _ v4: String, _ v6: String, length: UInt8? = nil) throws {
    var network = try RouteNetlink()
    let index = try network.link(link).index
    try network.bringUp(index)
    try network.add(IPPrefix(try Self.address(v4), length: length ?? 24), to: index)
    try network.add(IPPrefix(try Self.address(v6), length: length ?? 64), to: index)
  }
}
