import Advisor
import NetAddress
import Reports
import TCPModel
import Testing

/// Whole charts, held against the recorded ones.
struct TimelineChartTextTests {
  private static func experiment(
    _ scenario: Scenario, options: [SocketOption: Int] = [:], path: Path = Path(),
    hertz: Int = 250, kernel: KernelVersion = KernelVersion(6, 18),
    _ sysctls: [SysctlKey: Int] = [:]
  ) -> Timeline {
    var snapshot = SettingsSnapshot.defaults(of: kernel, tickRate: TickRate(hertz: hertz))
    for (key, value) in sysctls { snapshot[key] = .value(.number(value)) }
    return Timeline(
      of: Experiment(scenario, in: snapshot, options: SocketOptions(options), path: path))
  }

  private static let connect = experiment(.connect)
  private static let kernels = [KernelVersion(6, 1), KernelVersion(6, 18)].flatMap { kernel in
    experiment(.connect, kernel: kernel).lanes(named: "Linux \(kernel)")
  }

  private func expect(
    _ lanes: [Lane], _ scale: Scale = .auto, width: Int = 80, charset: Charset = .utf8,
    isShownAs name: String, _ location: SourceLocation = #_sourceLocation
  ) throws {
    let layout = TextLayout(isColoured: false, width: width, charset: charset)
    let text = Document(.chart(TimelineChart(lanes, scale: scale))).text(layout)
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= width }, sourceLocation: location)
    try expectSnapshot(text, named: "chart-\(name).txt", location)
  }

  @Test func `chart: a connect in every width and charset`() throws {
    let lanes = Self.connect.lanes()
    for width in [40, 80, 160] { try expect(lanes, width: width, isShownAs: "connect-\(width)") }
    try expect(lanes, charset: .ascii, isShownAs: "connect-ascii")
    try expect(lanes, .linear, isShownAs: "connect-linear")
  }

  @Test func `chart: branches each on a line`() throws {
    let path = Path(retransmissionTimeout: .milliseconds(201))
    let lanes = Self.experiment(.send, path: path, hertz: 1000, [.tcpRetries2: 4]).lanes()
    #expect(lanes.map(\.label) == ["13 of 100", "87 of 100"])
    try expect(lanes, isShownAs: "send-branches")
    try expect(lanes, width: 40, charset: .ascii, isShownAs: "send-branches-40-ascii")
  }

  @Test func `chart: many retransmissions of data`() throws {
    try expect(Self.experiment(.send).lanes(), isShownAs: "send")
  }

  @Test func `chart: keepalive probes long after the last segment`() throws {
    try expect(Self.experiment(.idle, options: [.keepalive: 1]).lanes(), isShownAs: "idle-2h")
    let short: [SocketOption: Int] = [
      .keepalive: 1, .keepIdle: 60, .keepInterval: 10, .keepCount: 6,
    ]
    try expect(Self.experiment(.idle, options: short).lanes(), isShownAs: "idle-60s")
  }

  @Test func `chart: what never ends is an arrow`() throws {
    try expect(Self.experiment(.idle).lanes(), isShownAs: "idle-never")
    let ended = Self.experiment(.idle, options: [.keepalive: 1]).lanes(named: "SO_KEEPALIVE")
    try expect(Self.experiment(.idle).lanes(named: "by default") + ended, isShownAs: "idle-both")
  }

  @Test func `chart: short timelines and those without a segment`() throws {
    try expect(
      Self.experiment(.neighbour, [.neighbour("retrans_time_ms", .v4): 100]).lanes(),
      isShownAs: "neighbour")
    try expect(Self.experiment(.finWait).lanes(), isShownAs: "fin-wait")
  }

  @Test func `chart: kernels side by side`() throws {
    try expect(Self.kernels, isShownAs: "kernels")
    try expect(Self.kernels, .linear, charset: .ascii, isShownAs: "kernels-linear-ascii")
  }

  @Test func `chart: what nobody knows has no chart`() {
    let unknown = Timeline.unknown(.connect, because: "a test")
    #expect(unknown.lanes().isEmpty)
    #expect(
      Document(.chart(TimelineChart([], scale: .auto))).text(TextLayout(isColoured: false)) == "")
  }

  @Test func `chart: only the end is coloured, and colour moves nothing`() {
    let texts = [false, true].map {
      Document(.chart(TimelineChart(Self.connect.lanes(), scale: .auto))).text(
        TextLayout(isColoured: $0))
    }
    #expect(texts[1].contains("\u{1B}[31m×\u{1B}[0m"))
    #expect(texts[1].replacing(/\u{1B}\[[0-9]*m/, with: "") == texts[0])
  }
}
