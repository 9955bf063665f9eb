import NetAddress

extension MovedAddress {
  static func timeline(of moved: Experiment, under rules: KernelRules) throws(Unknown) -> Timeline {
    try rules.needTimerPerConnection()
    guard let client = try client(of: moved, under: rules) else { return .never(.movedAddress) }
    let reason = try endReason(of: moved)
    return try Timeline(
      .movedAddress, under: rules, limits: [reason] + client.limits,
      moved.precision
    ) { tick throws(Unknown) in
      try simulations(of: moved, by: client, under: rules, at: tick)
    }
  }

  /// Events of one run of each simulation: a third of it is what paths of the internet lead to.
  private static let mostWork = 2_000_000

  static func simulations(
    of moved: Experiment, by client: SimulationSet<Client>, under rules: KernelRules,
    at tick: TickRate
  ) throws(Unknown) -> [MovedAddress] {
    let wheel = rules.wheel(at: tick)
    let neighbours = try Neighbour.all(of: moved, under: rules, at: tick)
    let believed = try reachableTimes(of: moved, at: tick)
    var (simulations, work) = ([MovedAddress](), 0)
    for client in try client.simulations(tick) {
      for neighbour in neighbours {
        let bounds = try ClientBounds(
          of: client, beside: neighbour, believing: believed, on: wheel)
        let doubts = bounds.doubts
        work +=
          2 * doubts.count * (bounds.segments + neighbour.mostRequests(within: bounds.latestGiveUp))
        guard work <= mostWork else {
          throw Unknown(
            "so many first timeouts and segments beside a neighbour's timers are too much to"
              + " simulate; a narrower range of round trips, a shorter base_reachable_time_ms or fewer"
              + " requests are not")
        }
        simulations += doubts.map { MovedAddress(of: moved, client, $0, within: bounds) }
      }
    }
    return simulations
  }

  init(
    of moved: Experiment, _ client: Client, _ doubt: Doubt, within bounds: ClientBounds
  ) {
    let neighbour = bounds.neighbour
    (self.client, self.neighbour, self.doubt) = (client, neighbour, doubt)
    isAtWork = moved.client != .idle
    errno = moved.client == .connect ? nil : "ECONNRESET"
    let decisive: [Int] =
      switch doubt {
      case .atOnce, .never: []
      case .after(let time): [time]
      case .before(_, let times): [times.lowerBound, times.upperBound]
      }
    // What the neighbour's timer may be armed for and fire in time.
    let waits = (decisive + [neighbour.delay, neighbour.interval])
      .filter { $0 <= bounds.latestGiveUp }
    shortestWait = waits.reduce(client.simulation.firstTimer.wait, min)
    longestWait = waits.reduce(bounds.longestWait(untilFoundAfter: doubt), max)
  }

  /// Returns what the client does; nil if that is nothing.
  static func client(of moved: Experiment, under rules: KernelRules) throws(Unknown)
    -> SimulationSet<Client>?
  {
    switch moved.client {
    case .connect:
      try SYNRetransmission.simulations(of: moved, under: rules).map(Client.connect)
    case .send: try DataRetransmission.simulations(of: moved, under: rules).map(Client.send)
    case .idle: try KeepaliveProbe.simulations(of: moved)?.map(Client.idle)
    }
  }

  /// Returns between which times a confirmation is believed, in jiffies, as the kernel draws it
  /// (`neigh_rand_reach_time`); a router may say another one for IPv6. Nil where none counts.
  static func reachableTimes(of moved: Experiment, at tick: TickRate) throws(Unknown)
    -> ClosedRange<Int>?
  {
    guard moved.neighbourEntry == .reachable else { return nil }
    let time = try moved.value(.neighbour("base_reachable_time_ms", moved.family))
    let base = tick.jiffies(.milliseconds(time))
    return base / 2...max(base / 2 + base - 1, base / 2)
  }

  /// Returns the requests, in the order in which they are sent, and their distance.
  private static func endReason(of moved: Experiment) throws(Unknown) -> Timeline.EndReason {
    var names = ["delay_first_probe_time", "ucast_solicit", "retrans_time_ms"]
    if moved.neighbourEntry == .reachable { names.append("base_reachable_time_ms") }
    var settings: [SettingValue] = []
    for name in names {
      settings.append(try moved.setting(.neighbour(name, moved.family)))
    }
    return Timeline.EndReason(.neighbourEntry, settings)
  }
}

extension MovedAddress.Neighbour {
  /// Returns how many requests leave in so many jiffies at most.
  fileprivate func mostRequests(within time: Int) -> Int {
    let step = max(interval, 1)
    // The new owner answers one of those to everybody, once it is believed.
    return min(unicast + min(multicast, max(lock, 0) / step + 2), time / step)
  }

  /// `LOCKTIME`; no sysctl that is captured tells another one.
  private static let lock = Duration.seconds(1)

  /// Returns what the settings are, with each lateness of the timer that matters.
  static func all(of moved: Experiment, under rules: KernelRules, at tick: TickRate)
    throws(Unknown) -> [Self]
  {
    func value(_ name: String) throws(Unknown) -> Int {
      try moved.value(.neighbour(name, moved.family))
    }
    guard try value("app_solicit") == 0 else {
      throw Unknown("app_solicit asks a program, which may know the new owner or not")
    }
    let interval = try NeighbourProbe.interval(of: moved, under: rules, at: tick)
    let (unicast, multicast) = (try value("ucast_solicit"), try value("mcast_resolicit"))
    let delay = try max(value("delay_first_probe_time"), 0) * tick.hertz
    let asksAnew = try value("mcast_solicit") > 0
    return NeighbourProbe.latenesses(of: interval, on: rules.wheel(at: tick)).map {
      Self(
        delay: delay, interval: interval, lateness: $0, unicast: unicast, multicast: multicast,
        // A neighbour advertisement says itself that it overrules what is known.
        lock: moved.family == .v4 ? tick.jiffies(Self.lock) : -1, asksAnew: asksAnew)
    }
  }
}
