import NetAddress
import Observations
import TCPModel
import Testing

/// When the kernel gives up an attempt, from what its table says of the next hop.
struct NextHopTests {
  private let host = SettingsSnapshot.defaults(
    of: KernelVersion(6, 18), tickRate: TickRate(hertz: 250))

  private func timeline(_ entry: NeighbourEntry?, _ options: SocketOptions = SocketOptions())
    -> Timeline
  {
    var experiment = Experiment(entry == nil ? .connect : .neighbour, in: host, options: options)
    experiment.neighbourEntry = entry ?? .none
    return Timeline(of: experiment)
  }

  private func timeToEnd(
    _ state: NextHop.State, since: Duration?, _ options: SocketOptions = SocketOptions()
  ) -> TimeToEnd {
    NextHop(device: "eth0", address: .v4(10, 9, 0, 66), state: state, since: since)
      .timeToEnd { timeline($0, options) }
  }

  @Test(arguments: [NextHop.State.reachable, .stale, .noARP, .permanent, .none])
  func `next hop: behind a neighbour that answers it is the SYNs that count`(state: NextHop.State) {
    #expect(timeToEnd(state, since: .zero) == timeline(nil).timeToEnd)
  }

  @Test
  func `next hop: an address asked for since the attempt began is the scenario neighbour`() throws {
    let range = try #require(timeToEnd(.incomplete, since: .milliseconds(8)).range)
    #expect(range == timeline(NeighbourEntry.none).range)
    #expect(range.earliest > .seconds(3))
    #expect(range.latest < .milliseconds(3100))
  }

  @Test func `next hop: an address asked for by an earlier attempt is given up earlier`() throws {
    let own = try #require(timeline(NeighbourEntry.none).range)
    let range = try #require(timeToEnd(.incomplete, since: .milliseconds(-1500)).range)
    #expect(range.earliest < own.earliest - .milliseconds(1500))
    #expect(range.latest > own.latest - .milliseconds(1500))
    #expect(range.latest - range.earliest < .milliseconds(150))
  }

  @Test func `next hop: an address asked for by a later SYN is given up later`() throws {
    let range = try #require(timeToEnd(.incomplete, since: .seconds(11)).range)
    #expect(range.earliest > .seconds(13))
    #expect(range.latest < .milliseconds(14_200))
  }

  @Test func `next hop: a user timeout may come before the neighbour's end`() throws {
    let options = SocketOptions([.userTimeout: 1500])
    let own = try #require(timeToEnd(.incomplete, since: .zero, options).range)
    #expect(own.latest < .milliseconds(1700))
    // Then nothing tells how long the resolution of another would have gone on.
    let other = timeToEnd(.incomplete, since: .seconds(-1), options)
    guard case .unknown = other.ends else { return #expect(Bool(false), "\(other)") }
  }

  @Test func `next hop: a neighbour that is in doubt answers or does not`() throws {
    for (state, since) in [(NextHop.State.delay, Duration.zero), (.probe, .milliseconds(5100))] {
      let range = try #require(timeToEnd(state, since: since).range)
      #expect(range.earliest == timeline(.stale).range?.earliest)
      #expect(range.latest == timeline(nil).range?.latest)
    }
  }

  @Test(arguments: [
    (NextHop.State.incomplete, Duration?.none), (.delay, .seconds(-2)), (.probe, .seconds(2)),
    (.probe, nil), (.failed, .seconds(3)),
  ])
  func `next hop: what cannot be known is no number`(state: NextHop.State, since: Duration?) {
    let timeToEnd = timeToEnd(state, since: since)
    guard case .unknown(let reason) = timeToEnd.ends else {
      return #expect(Bool(false), "\(timeToEnd)")
    }
    #expect(timeToEnd.range == nil)
    #expect(reason.contains("10.9.0.66"))
  }

  @Test func `next hop: a device's own setting has its name`() {
    let key = SysctlKey.neighbour("mcast_solicit", .v6).ofDevice("eth0.5")
    #expect(key.rawValue == "net.ipv6.neigh.eth0/5.mcast_solicit")
    #expect(key.path == "net/ipv6/neigh/eth0.5/mcast_solicit")
    #expect(key.sharedByDevices == .neighbour("mcast_solicit", .v6))
    #expect(SysctlKey.tcpSynRetries.ofDevice("eth0") == .tcpSynRetries)
  }
}
