import Advisor
import TCPModel

extension KnownProgram {
  static func sample(
    _ name: String, sets: [SocketOption: Int] = [:], connect: Duration? = nil,
    heartbeat: Duration? = nil
  ) -> KnownProgram {
    var program = KnownProgram(name)
    program.sets = SocketOptions(sets)
    (program.application.connectTimeout, program.application.heartbeat) = (connect, heartbeat)
    return program
  }

  static let samples = [
    sample("kafka", connect: .seconds(30)), sample("postfix", connect: .seconds(30)),
    sample(
      "go", sets: [.keepalive: 1, .keepIdle: 15, .keepInterval: 15, .keepCount: 9]),
    sample("cassandra", sets: [.userTimeout: 30_000]), sample("libpq", sets: [.keepalive: 1]),
    sample("curl", connect: .seconds(300)), sample("rabbitmq", heartbeat: .seconds(30)),
  ]
}

extension HangDiagnosis {
  /// The paths of one machine room and one region: those of a world take a while to simulate.
  private static let near = Array(Suspect.roundTrips.prefix(2))

  static func suspects(on snapshots: SettingsSnapshot...) -> [SimulatedSuspect] {
    Suspect.all(
      on: snapshots.compactMap { try? Host($0) }, over: near, programs: KnownProgram.samples
    ).simulated()
  }

  /// A stock host, all releases, some programs.
  static let stock = suspects(
    on: .defaults(of: KernelVersion(6, 18), tickRate: TickRate(hertz: 250)))

  /// - Parameter step: of the last digit that was said.
  init(
    _ time: Duration, _ step: Duration = .seconds(1), errno: String? = nil,
    among suspects: [SimulatedSuspect] = Self.stock
  ) {
    self.init(of: ObservedHang(time, step: step, errno: errno), among: suspects)
  }

  /// `this-host connect`, or of another system its name in place of the scenario.
  var names: [String] { candidates.map(\.name) }
}

extension HangCandidate {
  var name: String { "\(likelihood.rawValue) \(subject)" }

  private var subject: String {
    switch cause {
    case .giveUp(let giveUp): giveUp.timeline.scenario.rawValue
    case .known(let wait): wait.system
    }
  }

  var isOfClosedWindow: Bool { giveUp?.timeline.scenario == .zeroWindow }
  var giveUp: GiveUp? { if case .giveUp(let giveUp) = cause { giveUp } else { nil } }
}
