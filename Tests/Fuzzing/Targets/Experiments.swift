import NetAddress
import TCPModel

extension FuzzTarget {
  /// Cases of any settings that a kernel accepts, and some that none does.
  static let experiments = FuzzTarget("experiments", longest: 256, rate: 25) {
    (bytes) throws(FuzzFault) in
    var reader = ByteReader(bytes)
    let experiment = Experiment(&reader)
    let timeline = Timeline(of: experiment)
    try timeline.check("\(experiment.scenario)")
    if let box = experiment.box {
      let outlook = timeline.behind(box)
      try outlook.timeline.check("\(experiment.scenario) behind \(box)")
      _ = outlook.timeToEnd
    }
    _ = (timeline.timeToEnd, timeline.survives)
  }

  static let kernels = [
    KernelVersion(3, 10), KernelVersion(4, 14), KernelVersion(5, 4), KernelVersion(5, 15),
    KernelVersion(6, 1), KernelVersion(6, 6), KernelVersion(6, 12), KernelVersion(6, 18),
    KernelVersion(7, 3),
  ]
}

extension Experiment {
  /// A case that the bytes of an input describe.
  init(_ reader: inout ByteReader) {
    let scenario = reader.pick(Scenario.allCases) ?? .connect
    let kernel = reader.pick(FuzzTarget.kernels) ?? KernelVersion(6, 18)
    let hertz = reader.pick([nil, 24, 100, 250, 300, 1000, 1200, 1, 10_000]) ?? 250
    var snapshot = SettingsSnapshot.defaults(
      of: kernel, tickRate: hertz.flatMap { TickRate(hertz: $0) })
    for key in scenario.sysctls where reader.byte() % 3 == 0 {
      let all = Int.min...Int.max
      let range = reader.byte() % 4 == 0 ? all : SysctlCatalog[key]?.range ?? all
      snapshot[key] = .value(.number(reader.number(in: range)))
    }
    var options = SocketOptions()
    for option in SocketOption.all where reader.byte() % 3 == 0 {
      let range = reader.byte() % 4 == 0 ? Int.min...Int.max : option.range
      options[option] = reader.number(in: range)
    }
    self.init(
      scenario, in: snapshot, options: options, family: reader.byte() % 2 == 0 ? .v4 : .v6)
    readDetails(&reader)
  }

  private mutating func readDetails(_ reader: inout ByteReader) {
    let ends = [reader.time(), reader.time()].sorted()
    path = Path(
      roundTrip: max(ends[0], .microseconds(1))...max(ends[1], .microseconds(1)),
      segments: reader.number(in: 0...1000))
    if reader.byte() % 4 == 0 { path.retransmissionTimeout = reader.time() }
    if reader.byte() % 4 == 0 { outage = reader.time() }
    if reader.byte() % 4 == 0 { optionsSetAfter = reader.time() }
    if reader.byte() % 4 == 0 {
      box = ForgettingBox(
        memory: reader.time(), expiry: reader.pick(ForgettingBox.Expiry.allCases) ?? .drop,
        countsKeepalive: reader.byte() % 2 == 0, lostSegments: reader.number(in: 0...300))
    }
    precision = [.exact, .ends, .latestEnd, .survival][Int(reader.byte()) % 4]
    if reader.byte() % 3 == 0 { neighbourEntry = .stale }
    client = reader.pick(ClientActivity.allCases) ?? .send
    receiverFate =
      reader.pick([
        .survives, .diesAtWorstMoment, .dies(after: reader.time()),
        .diesAnswering(probe: reader.number(in: 0...300)),
      ]) ?? .survives
  }
}

extension ByteReader {
  /// Up to a year, every order of magnitude alike.
  mutating func time() -> Duration {
    .microseconds(Int64(number(in: 0...31_536_000_000_000)))
  }
}
