import TCPModel
import Testing

/// Spans between the shortest and the longest time that several kernels took for a setting.
struct MeasuredBranchesTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let scenario: Scenario
    let release: String
    let hertz: Int
    let set: [SysctlKey: Int]
    let options: [SocketOption: Int]
    let times: ClosedRange<Double>

    var testDescription: String { "\(scenario) \(release)/\(hertz) \(set) \(options)" }

    init(
      _ scenario: Scenario, _ release: String, _ hertz: Int, _ set: [SysctlKey: Int],
      _ options: [SocketOption: Int] = [:], took times: ClosedRange<Double>
    ) {
      (self.scenario, self.release, self.hertz) = (scenario, release, hertz)
      (self.set, self.options, self.times) = (set, options, times)
    }
  }

  static let rows: [Row] = [
    Row(.accept, "6.1", 250, [.tcpSynackRetries: 1], took: 3.08...3.11),
    Row(.accept, "6.1", 1000, [.tcpSynackRetries: 1], took: 3.08...3.16),
    Row(.accept, "6.12", 1000, [.tcpSynackRetries: 1], took: 3.12...3.18),
    Row(.accept, "6.12", 100, [.tcpSynackRetries: 1], took: 3.13...3.15),
    Row(.accept, "6.1", 1000, [.tcpSynackRetries: 3], took: 15.47...15.54),
    Row(.accept, "6.12", 100, [.tcpSynackRetries: 3], took: 15.52...15.52),
    Row(.accept, "6.12", 1000, [:], took: 63.84...64.21),
    Row(.accept, "6.12", 100, [:], took: 64.61...65.14),
    Row(.close, "6.18", 250, [:], took: 106.1...106.7),
    Row(.close, "6.12", 250, [:], took: 106.5...108.1),
    Row(.close, "6.12", 1000, [:], took: 104.2...104.6),
    Row(.close, "6.12", 100, [:], took: 110.0...110.4),
    Row(.close, "6.18", 250, [.tcpOrphanRetries: 3], took: 6.43...6.62),
    Row(.close, "6.12", 1000, [.tcpOrphanRetries: 3], took: 6.47...6.47),
    // Zero stands for eight only while the timeout is below its maximum.
    Row(.close, "6.18", 250, [.tcpRtoMaxMs: 1000], took: 2.5...2.5),
    Row(.close, "6.18", 250, [.tcpRtoMaxMs: 5000], took: 11.7...11.7),
    Row(.close, "6.18", 250, [:], [.userTimeout: 1000], took: 1.25...1.25),
    Row(.close, "6.18", 250, [:], [.userTimeout: 10_000], took: 10.3...10.3),
    Row(.finWait, "6.12", 1000, [.tcpFinTimeout: 30], took: 30.31...30.48),
    Row(.finWait, "6.12", 100, [.tcpFinTimeout: 30], took: 30.07...30.42),
    Row(.finWait, "6.12", 1000, [:], took: 61.57...62.13),
    Row(.finWait, "6.12", 100, [:], took: 61.32...64.86),
    Row(.finWait, "6.18", 250, [.tcpFinTimeout: 61], took: 2.07...2.07),
    Row(.finWait, "6.18", 250, [.tcpFinTimeout: 70], took: 20.27...20.46),
    Row(.finWait, "6.12", 1000, [.tcpFinTimeout: 70], took: 20.47...20.68),
    Row(.finWait, "6.12", 100, [.tcpFinTimeout: 70], took: 20.88...20.88),
    Row(.finWait, "6.12", 1000, [.tcpFinTimeout: 120], took: 125.2...125.3),
    Row(.finWait, "6.12", 100, [.tcpFinTimeout: 120], took: 122.8...126.0),
    Row(.finWait, "6.18", 250, [:], [.linger2: 62], took: 4.05...4.05),
    Row(.timeWait, "6.18", 250, [:], took: 60.30...61.80),
    Row(.timeWait, "6.1", 250, [:], took: 61.03...62.02),
    Row(.timeWait, "6.12", 1000, [:], took: 62.98...63.91),
    Row(.timeWait, "6.12", 100, [:], took: 63.59...64.73),
  ]

  @Test(arguments: rows) func `measured branches: the measured times lie inside`(row: Row) throws {
    let kernel = try #require(KernelVersion(row.release))
    let tick = try #require(TickRate(hertz: row.hertz))
    var snapshot = SettingsSnapshot.defaults(of: kernel, tickRate: tick)
    for (key, value) in row.set { snapshot[key] = .value(.number(value)) }
    let timeline = Timeline(
      of: Experiment(row.scenario, in: snapshot, options: SocketOptions(row.options)))
    // The emulated machines saw the end every 20 ms, and the table has one or two decimals.
    for time in [row.times.lowerBound, row.times.upperBound] {
      expect(
        .seconds(time), inside: timeline, tick: tick.duration(1), resolution: .milliseconds(50))
    }
  }
}
