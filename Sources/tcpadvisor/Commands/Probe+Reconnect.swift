import ArgumentParser
import Linux
import NetAddress
import Observations
import Probes
import Reports
import TCPModel

extension Probe {
  /// Connects to one address with the same socket and with new ones.
  func measureReconnects(_ rounds: Int) throws {
    if let option = meaningless { throw UsageError("--reconnect goes without \(option)") }
    guard targets.count < 2 else {
      throw UsageError("--reconnect takes one target; these are \(targets.count)")
    }
    guard 1...10_000 ~= rounds else {
      throw UsageError("--reconnect \(rounds): 1 to 10000 are allowed")
    }
    let expected = try expectedOutcomes()
    let host = try source.snapshot(of: Scenario.connect.sysctls)
    var settings = try options.settings()
    let plan = try options.plan(from: settings.source?.family)
    let list = try targetList(under: host.kernel, from: settings.source?.family)
    var cursor = TargetList.Cursor()
    guard list.count == 1, let entry = try? list.next(at: &cursor) else {
      throw UsageError("--reconnect takes one address and port; these are \(list.count)")
    }
    settings.options = try options.socketOptions(under: host.kernel).overridden(by: entry.options)
    let signals = try TerminationSignals()
    var trial = ReconnectTrial(of: entry.text, to: nil, rounds: rounds)
    trial.expected = expected
    let stop = signals.descriptor.number
    let only = entry.target.address(0, port: entry.target.port ?? list.ports[0])
    trial.endpoint = only?.withZone
    let address = try only ?? choose(from: list, plan, settings, &trial, watching: stop)
    if let address {
      trial = try Reconnector(settings, to: address, trial, watching: stop).run()
    }
    let signal = trial.isInterrupted ? try signals.consume() : nil
    show(trial, about: host)
    if trial.isInterrupted { throw ExitCode(signal?.status ?? 130) }
    if trial.isExpected == false { throw ExitCode(1) }
  }

  /// An option that has no meaning where one socket connects after the other.
  private var meaningless: String? {
    let options = [
      ("--file", !files.isEmpty), ("--repeat", options.rounds != 1),
      ("--interval", options.interval != nil), ("--first", options.first),
      ("--concurrency", options.concurrency != nil), ("--retries", options.retries != nil),
      ("--yes", yes),
      ("--profile", !profile.isEmpty),
      ("--format \(format.name)", format.reconnectText == nil),
    ]
    return options.first { $0.1 }?.0
  }

  private func show(_ trial: ReconnectTrial, about host: SettingsSnapshot) {
    let context = ProbeReportContext(
      host: host, expected: trial.expected, isJudged: false, layout: output.layout)
    if let text = format.reconnectText { Console.print(text(trial, context)) }
  }

  /// Connects to each address of a name once, and takes the first whose outcome is as expected, else
  /// the first.
  /// - Returns: nil when there is none, or it is time to stop.
  private func choose(
    from list: TargetList, _ plan: ProbeSession.Plan, _ settings: ConnectSettings,
    _ trial: inout ReconnectTrial, watching number: CInt
  ) throws -> Endpoint? {
    var settings = settings
    // TIME-WAIT would keep a port of one's own from the rounds.
    if settings.source.map({ $0.port != 0 }) ?? false { settings.resets = true }
    var rows: [ProbedAddress] = []
    var isInterrupted = false
    let run = ProbeSession(
      list, plan, interrupted: { isInterrupted = true }, report: { rows.append($0) })
    try run.run(settings, watching: number)
    rows.sort(by: ProbedAddress.comesBefore)
    trial.isInterrupted = isInterrupted
    let expected = trial.expected
    let right = rows.firstIndex { expected.contains($0.result.outcome.kind) }
    guard let row = right.map({ rows[$0] }) ?? rows.first, let endpoint = row.endpoint else {
      if case .unresolved(let reason)? = rows.first?.result.outcome { trial.objection = reason }
      return nil
    }
    trial.endpoint = endpoint
    // Those that were not taken: all before the right one, or all where none is right.
    trial.others = (right.map { rows[..<$0] } ?? rows.dropFirst()).compactMap { row in
      row.endpoint.map { ($0, row.result.outcome) }
    }
    return isInterrupted ? nil : endpoint
  }
}
