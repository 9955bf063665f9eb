import Advisor
import NetAddress
import Observations
import TCPModel

extension [SocketReport] {
  /// All sockets, which are made as they are written, and what there is to say of each namespace.
  var json: JSON {
    let starts = reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.sockets.count) }
    let reports = self
    let findings = map(\.findingsBySocket)
    let sockets = JSON.each(count: starts.last ?? 0) { index in
      let place = (starts.firstIndex { $0 > index } ?? 1) - 1
      let report = reports[place]
      return report.json(of: report.sockets[index - starts[place]], findings[place])
    }
    return ["sockets": sockets, "namespaces": .array(map(\.json))]
  }
}

extension SocketReport {
  /// Hands on one object for each socket.
  func eachSocket(_ take: (JSON) -> Void) {
    let findings = findingsBySocket
    for socket in sockets { take(json(of: socket, findings)) }
  }

  /// What is required of each socket, by its identity.
  fileprivate var findingsBySocket: [ObjectIdentifier: [JSON]] {
    var bySocket: [ObjectIdentifier: [JSON]] = [:]
    for finding in findings {
      let json = finding.finding.json
      for socket in finding.sockets { bySocket[ObjectIdentifier(socket), default: []].append(json) }
    }
    return bySocket
  }

  fileprivate func json(of socket: JudgedSocket, _ findings: [ObjectIdentifier: [JSON]]) -> JSON {
    let place: JSON = [
      "netns": .text(namespace.id),
      "findings": .array(findings[ObjectIdentifier(socket)] ?? []),
    ]
    return socket.json(among: namespace.processes).merging(place)
  }

  var json: JSON {
    [
      "netns": .text(namespace.id), "name": .text(namespace.name),
      "containers": .array(namespace.containers.map { .string($0) }),
      "sockets": .integer(sockets.count),
      "unseen_processes": .integer(namespace.unseenProcesses),
      "groups": .array(groups.map(\.json)),
      "listeners": .array(listeners.map(\.json)),
      "destinations": .array(destinations.map(\.json)),
    ]
  }
}

extension JudgedSocket {
  fileprivate func json(among processes: [Int32: ObservedProcess]) -> JSON {
    let owner = socket.owner
    let part: JSON = [
      "pid": owner.map { .integer(Int($0.process)) } ?? .null, "process": .text(program),
      "fd": owner.map { .integer(Int($0.descriptor)) } ?? .null,
      "container": .text(owner.flatMap { processes[$0.process]?.container?.description }),
      "owners": .array(socket.owners.map(\.json)),
      "options": socket.readings?.json ?? .null, "set_by_program": options?.json ?? .null,
      "options_unknown_because": .text(socket.optionsUnknown?.text),
      "scenarios": .array(forecasts.map(\.json)), "ongoing": ongoing?.json ?? .null,
    ]
    return socket.table.json.merging(part)
  }
}

extension InetDiagSocket {
  fileprivate var json: JSON {
    [
      "local": .string(local.description), "remote": .string(remote.description),
      "state": .string(state.name), "uid": .integer(Int(user)), "inode": .integer(Int(inode)),
      "cookie": .string(String(cookie, radix: 16)),
      "timer": .text(timer?.name), "timer_seconds": .seconds(timerRemaining),
      "retransmissions": .integer(retransmissions),
      "receive_queue": .integer(receiveQueue), "send_queue": .integer(sendQueue),
      "receive_buffer": receiveBuffer.map { .integer($0) } ?? .null,
      "send_buffer": sendBuffer.map { .integer($0) } ?? .null,
      "congestion_control": .text(congestionControl), "upper_layer": .text(upperLayer),
      "rtt_seconds": .seconds(info?.roundTrip),
      "rto_seconds": .seconds(info?.retransmissionTimeout),
      "backoff": info?.backoff.map { .integer($0) } ?? .null,
      "unacknowledged": info?.unacknowledged.map { .integer($0) } ?? .null,
      "since_last_received_seconds": .seconds(info?.sinceLastReceived),
      "since_last_acknowledged_seconds": .seconds(info?.sinceLastAcknowledged),
    ]
  }
}

extension SocketOwner {
  fileprivate var json: JSON {
    ["pid": .integer(Int(process)), "fd": .integer(Int(descriptor))]
  }
}

extension OptionReadings {
  fileprivate var json: JSON {
    let named = options.values.map { ($0.key.fieldName, JSON.integer($0.value)) }
    let others: JSON = [
      "tcp_nodelay": sendsAtOnce.map { .integer($0 ? 1 : 0) } ?? .null,
      "so_linger_seconds": .seconds(linger), "so_rcvtimeo_seconds": .seconds(receiveTimeout),
      "so_sndtimeo_seconds": .seconds(sendTimeout),
    ]
    return JSON.object(Dictionary(named) { $1 }).merging(others)
  }
}

extension SocketOption {
  /// Its name as a field, with the unit where the name has none: `tcp_user_timeout_ms`.
  var fieldName: String {
    let name = name.lowercased()
    return unit == .milliseconds && !name.hasSuffix("_ms") ? "\(name)_ms" : name
  }
}

extension SocketForecast {
  fileprivate var json: JSON {
    let part: JSON = [
      "scenario": .string(scenario.rawValue), "errno": .text(errno), "assumed": .bool(isAssumed),
    ]
    return part.merging(timeToEnd.json)
  }
}

extension OngoingScenario {
  fileprivate var json: JSON {
    let part: JSON = [
      "scenario": .string(scenario.rawValue), "errno": .text(timeline.errno),
      "unanswered": .integer(unanswered), "next_seconds": .seconds(next),
      "assumed": .bool(isAssumed), "since": progress?.since?.json ?? .null,
      "silent_seconds": .seconds(silence),
      "decided_by": .array(timeline.decision.map(JSON.string)), "text": .string(text),
    ]
    let unknown = TimeToEnd(ends: .unknown(because: "settings have changed"), range: nil)
    return part.merging((progress?.remaining ?? unknown).json)
  }
}

extension SocketGroup {
  fileprivate var json: JSON {
    [
      "process": .text(program), "peer": .string(peer.text), "sockets": .integer(sockets.count),
      "waiting": .integer(waiting), "both_ends_here": .bool(isLocal), "basis": .string(basis.text),
      "scenarios": .array(forecasts.map(\.json)),
    ]
  }
}

extension ListenerState {
  fileprivate var json: JSON {
    [
      "process": .text(listener.program),
      "local": .string(listener.socket.table.local.description),
      "waiting": .integer(waiting), "limit": .integer(limit), "handshakes": .integer(handshakes),
      "full": .bool(isFull), "at_somaxconn": .bool(isAtMaximum),
    ]
  }
}

extension DestinationPorts {
  fileprivate var json: JSON {
    [
      "source": .string(source.description), "destination": .string(destination.description),
      "ports_used": .integer(used), "time_wait": .integer(timeWait),
      "ports_available": turnover.map { .integer($0.ports) } ?? .null,
    ]
  }
}
