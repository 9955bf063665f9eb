package import Advisor
import NetAddress
import Observations
import TCPModel

extension SocketReport {
  /// The report: what waits now, the groups of connections, listeners, ports.
  /// - Parameters:
  ///   - showsAll: everything, where else what needs attention fits on one screen.
  ///   - programs: those that are known.
  package func document(showsAll: Bool, _ programs: [KnownProgram]) -> Document {
    Document([
      heading, waiting(showsAll), neglect, connections(showsAll), required(showsAll),
      advice(among: programs), queues(showsAll), ports(showsAll),
    ])
  }

  private var heading: Document.Section {
    let counts = sockets.reduce(into: [:]) { $0[$1.socket.table.state.rawValue, default: 0] += 1 }
    let states = TCPState.allCases.compactMap { state in
      counts[state.rawValue].map { "\($0) \(state.name)" }
    }
    let name = namespace.name ?? namespace.id ?? "this network namespace"
    let containers = namespace.containers.joined(separator: ", ")
    let place = containers.isEmpty ? name : "\(name) (\(containers))"
    let total = sockets.count.counted("TCP socket")
    let list = states.isEmpty ? "" : ": \(states.joined(separator: ", "))"
    return Document.Section([
      .paragraph("\(total) in \(place), \(namespace.settings.kernelName)\(list)"),
      .notes(notes),
    ])
  }

  /// What could not be seen, and what helps.
  private var notes: [RichText] {
    var reasons: [String: Int] = [:]
    for socket in sockets {
      guard let reason = socket.socket.optionsUnknown, reason.isRemediable else { continue }
      reasons[reason.withoutProcess.text, default: 0] += 1
    }
    return reasons.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.map { reason, count in
      "options of \(count.counted("socket")) unknown: \(reason)"
    }
  }

  private func waiting(_ showsAll: Bool) -> Document.Section {
    let waiting = ongoing
    let shown = waiting.prefix(showsAll ? .max : 6)
    let items = shown.map { socket -> RichText in
      "\(socket.title): \(socket.ongoing?.text ?? "")"
    }
    return Document.Section(
      "Waiting for an answer now", [.list(items), .notes(more(waiting.count - shown.count))])
  }

  /// A program that forgets to close runs out of descriptors.
  private var neglect: Document.Section {
    let items = neglected.prefix(4).map { entry -> RichText in
      let count = entry.sockets.count.counted("connection")
      return """
        \(entry.program ?? "unknown process"): \(count) in close-wait, the longest for \
        \(entry.longest.text): no timer ends them, the program has to close
        """
    }
    return Document.Section("Closed by the peer, kept by the program", [.list(items)])
  }

  private func connections(_ showsAll: Bool) -> Document.Section {
    let shown = groups.prefix(showsAll ? .max : 6)
    let entries = shown.map { group in
      Document.StatusEntry(
        group.status, RichText(group.title), details: group.details(showsAll: showsAll))
    }
    let here: [RichText] =
      shown.contains(where: \.isLocal)
      ? ["with both ends here no peer vanishes silently: this kernel closes what a process leaves"]
      : []
    return Document.Section(
      "If the peer were silently gone from now on",
      [.statuses(entries), .notes(more(groups.count - shown.count) + here)])
  }

  private func required(_ showsAll: Bool) -> Document.Section {
    let wanting = findings.filter { showsAll || $0.finding.isMissed || $0.finding.isUnknown }
    let shown = wanting.prefix(showsAll ? .max : 6)
    let entries = shown.map { entry in
      Document.StatusEntry(
        entry.finding.status.mark, "\(entry.group.title): \(entry.finding.wish)",
        details: ["\(entry.finding.id): \(entry.finding.reason)\(entry.finding.remedyText)"])
    }
    let missed = findings.count(where: \.finding.isMissed)
    let unknown = findings.count(where: \.finding.isUnknown)
    let sum: Document.Block = .paragraph(
      "\(findings.count) checked, \(missed) missed, \(unknown) unknown")
    return Document.Section(
      "Objectives of the profile",
      [.statuses(entries), .notes(more(wanting.count - shown.count))]
        + (findings.isEmpty ? [] : [sum]))
  }

  /// Where to set what the worst groups lack; each program once towards its clients and once towards
  /// its servers; those with both ends here only where there are no others.
  private func advice(among programs: [KnownProgram]) -> Document.Section {
    let hanging = groups.filter(\.mayHangForever)
    let remote = hanging.filter { !$0.isLocal }
    var seen: Set<[String]> = []
    let worst = (remote.isEmpty ? hanging : remote).filter {
      seen.insert([$0.program ?? "", $0.direction.rawValue]).inserted
    }
    return Document.Section(
      "What to set", [.list(worst.prefix(3).map { $0.advice(among: programs) })])
  }

  private func queues(_ showsAll: Bool) -> Document.Section {
    let busy = showsAll ? listeners : listeners.filter { $0.waiting > 0 || $0.handshakes > 0 }
    let shown = busy.prefix(showsAll ? .max : 4)
    return Document.Section(
      "Listeners",
      [
        .table(Document.Table(shown.map(\.row))),
        .notes(more(busy.count - shown.count) + drops),
      ])
  }

  /// What the namespace has counted since it was made.
  private var drops: [RichText] {
    let counted: [(name: String, meaning: String)] = [
      ("ListenOverflows", "connections dropped because a queue to be accepted was full"),
      ("TCPReqQFullDrop", "SYNs dropped because a queue of handshakes was full"),
      ("TCPReqQFullDoCookies", "SYNs answered with cookies because a queue of handshakes was full"),
    ]
    return counted.compactMap { name, meaning in
      guard let count = namespace.counters[name], count > 0 else { return nil }
      return "\(count) \(meaning) (\(name)), since the namespace was made"
    }
  }

  private func ports(_ showsAll: Bool) -> Document.Section {
    let busy = showsAll ? destinations : destinations.filter(\.isBusy)
    let shown = busy.prefix(showsAll ? .max : 3)
    return Document.Section(
      "Local ports by destination",
      [
        .table(Document.Table(shown.map(\.row))),
        .notes(more(busy.count - shown.count)),
      ])
  }

  private func more(_ count: Int) -> [RichText] {
    count > 0 ? ["\(count) more; --all shows them"] : []
  }
}

extension Finding {
  /// What would help, each of it alone.
  fileprivate var remedyText: String { remedies.map { "; \($0.text(for: self))" }.joined() }
}

extension OptionsUnknown {
  /// Whether somebody could do something about it.
  fileprivate var isRemediable: Bool {
    switch self {
    case .hidden, .refused, .noSystemCall, .multipath: true
    case .unowned, .notAccepted, .ofNobodyHere, .notAsked: false
    }
  }
}
