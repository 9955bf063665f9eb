import ArgumentParser
import Emitters
import Linux
import Probes
import TCPModel

extension Probe {
  /// Connects to one address with the same socket and with new ones.
  func playReconnects(_ rounds: Int) throws {
    guard targets.count == 1, files.isEmpty, how.rounds == 1, how.interval == nil, !how.first,
      profile.isEmpty,
      output.json || format == .text || format == .json
    else {
      throw Failure(
        "--reconnect takes one target, and neither --file, --repeat, --interval, --first, --profile nor another --format than text and json"
      )
    }
    guard 1...10_000 ~= rounds else {
      throw Failure("--reconnect \(rounds): 1 to 10000 are allowed")
    }
    let expected = try expectedOutcomes()
    let host = try source.snapshot(of: Scenario.connect.sysctls)
    var settings = try how.settings()
    let list = try targetList(under: host.kernel)
    var cursor = TargetList.Cursor()
    guard list.count == 1, let entry = try? list.next(at: &cursor) else {
      throw Failure("--reconnect takes one address and port; these are \(list.count)")
    }
    settings.options = try how.socketOptions(under: host.kernel).overridden(by: entry.options)
    let signals = try StopSignals()
    var trial = ReconnectTrial(of: entry.text, to: nil, rounds: rounds)
    trial.expected = expected
    let stop = signals.descriptor.number
    if let address = try address(of: entry, in: list, settings, &trial, watching: stop) {
      trial = try Reconnector(settings, to: address, trial, watching: stop).play()
    }
    let signal = trial.isInterrupted ? try signals.consume() : nil
    show(trial, about: host)
    if trial.isInterrupted { throw ExitCode(signal?.status ?? 130) }
    if !trial.isExpected { throw ExitCode(1) }
  }

  private func show(_ trial: ReconnectTrial, about host: SettingsSnapshot) {
    if output.json || format == .json {
      let part: JSON = ["reconnect": trial.json, "interrupted": .bool(trial.isInterrupted)]
      Console.print(JSON.answer("probe", about: host, part).text)
    } else {
      Console.print(trial.text(output.style))
    }
  }

  /// The address of the target; of a name the first whose outcome is as expected, else the first.
  /// - Returns: nil when there is none, or it is time to stop.
  private func address(
    of entry: TargetList.Entry, in list: TargetList, _ settings: ConnectSettings,
    _ trial: inout ReconnectTrial, watching number: CInt
  ) throws -> SocketAddress? {
    let port = entry.target.port ?? list.ports.first
    switch (entry.target.host, port) {
    case (.address(let address, let scope), let port?):
      let only = SocketAddress(address, port: port, scope: scope)
      trial.address = only.descriptionHere
      return only
    case (.block(let block), let port?):
      let only = SocketAddress(block.address(at: 0), port: port)
      trial.address = only.descriptionHere
      return only
    case (.name, _): return try choose(from: list, settings, &trial, watching: number)
    case (_, nil): return nil
    }
  }

  /// Connects to each address of a name once and takes one.
  private func choose(
    from list: TargetList, _ settings: ConnectSettings, _ trial: inout ReconnectTrial,
    watching number: CInt
  ) throws -> SocketAddress? {
    var rows: [ProbedAddress] = []
    var isInterrupted = false
    let run = ProbeRun(
      list, try how.plan(),
      interrupted: {
        isInterrupted = true
        return true
      }, report: { rows.append($0) })
    try run.play(settings, watching: number)
    rows.sort(by: ProbedAddress.comesBefore)
    trial.isInterrupted = isInterrupted
    let expected = trial.expected
    let right = rows.firstIndex { expected.contains($0.result.outcome.kind) }
    guard let row = right.map({ rows[$0] }) ?? rows.first, let text = row.address else {
      if case .unresolved(let reason)? = rows.first?.result.outcome { trial.objection = reason }
      return nil
    }
    trial.address = text
    // Those that were not taken: all before the right one, or all where none is right.
    trial.others = (right.map { rows[..<$0] } ?? rows.dropFirst()).compactMap { row in
      row.address.map { ($0, row.result.outcome) }
    }
    return isInterrupted ? nil : Self.address(text, port: row.port)
  }

  /// Reads what a probe has written.
  private static func address(_ text: String, port: UInt16?) -> SocketAddress? {
    guard let port, let target = try? ProbeTarget(text),
      case .address(let address, let scope) = target.host
    else { return nil }
    return SocketAddress(address, port: port, scope: scope)
  }
}
