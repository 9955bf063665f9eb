import NetAddress
import Observations
import TCPModel

extension ReconnectTrial {
  package var json: JSON {
    [
      "target": .string(target), "address": .text(endpoint?.description),
      "others": .array(
        others.map {
          ["address": .string("\($0.endpoint)"), "outcome": .string($0.outcome.kind.rawValue)]
        }),
      "reason": .text(objection), "rounds": .integer(rounds),
      "deadline_seconds": .seconds(deadline), "expected": isExpected.map(JSON.bool) ?? .null,
      "new_socket": renewed.json, "same_socket": reused.json, "saving": saving?.json ?? .null,
      "peer": look?.json ?? .null,
      "options_kept": .array((look?.kept ?? []).map { .string($0.name) }),
      "options_changed": .array((look?.changed ?? []).map(\.json)),
      "error_left": .text(look?.errorLeft),
    ]
  }
}

extension ReconnectTrial.Method {
  fileprivate var json: JSON {
    let part: JSON = [
      "connects": .integer(rounds.count), "open": .integer(open),
      "outcomes": .counts(counts),
      "median_wait_seconds": .seconds(waits?.median),
      "local_ports": .integer(Set(ports).count), "port_changes": .integer(portChanges),
      "resets_sent": .integer(resets), "reset_by_peer": .integer(resetByPeer),
      "unread_rounds": .integer(unread), "closed_first": .integer(closedFirst),
    ]
    return part.merging(TimeStatistics(costs)?.json ?? ["median_seconds": .null])
  }
}

extension PairedDifference {
  fileprivate var json: JSON {
    [
      "pairs": .integer(pairs), "median_seconds": .seconds(median),
      "low_seconds": .seconds(range?.lowerBound),
      "high_seconds": .seconds(range?.upperBound), "shown": .bool(isShown),
    ]
  }
}

extension PeerSurvey {
  fileprivate var json: JSON {
    var bytes: Int?
    if case .sends(let count)? = conduct { bytes = count }
    return [
      "outcome": .string(outcome.kind.rawValue), "errno": .text(outcome.errno),
      "conduct": .text(conduct?.word), "watched_seconds": .seconds(watched),
      "bytes": bytes.map { .integer($0) } ?? .null,
    ]
  }
}

extension PeerSurvey.Conduct {
  var word: String {
    switch self {
    case .silent: "silent"
    case .sends: "sends"
    case .closes: "closes"
    case .resets: "resets"
    }
  }
}

extension PeerSurvey.OptionFate {
  fileprivate var json: JSON {
    [
      "option": .string(option.name), "before": .integer(before), "after": .integer(after),
    ]
  }
}
