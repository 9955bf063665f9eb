import NetAddress
package import Observations
import TCPModel

extension ProbedAddress {
  package var json: JSON {
    let result = result
    var reason: String?
    if case .unresolved(let because) = result.outcome { reason = because }
    var call: String?
    if case .localError(let name, _) = result.outcome { call = name }
    return [
      "target": .string(target), "address": .text(endpoint?.description),
      "outcome": .string(result.outcome.kind.rawValue), "errno": .text(result.outcome.errno),
      "seconds": .seconds(result.connectTime), "expected": .bool(isExpected),
      "handshake_seconds": .seconds(result.roundTrip), "call": .text(call),
      "syn_retransmissions": result.retransmissions.map { .integer($0) } ?? .null,
      "icmp": result.report?.json ?? .null, "kernel": prediction?.json ?? .null,
      "neighbour": result.nextHop?.json ?? .null,
      "reason": .text(reason), "resolution_seconds": .seconds(resolution),
      "rounds": statistics?.json ?? .null, "options": options.json,
      "race": race?.json(isWon: result.outcome.kind == .open) ?? .null,
      "late_seconds": .seconds(result.lateness),
      "interrupted": .bool(result.isInterrupted || isCutShort),
    ]
  }
}

extension RaceReport {
  fileprivate func json(isWon: Bool) -> JSON {
    [
      "seconds": .seconds(wait), "measured": .bool(isMeasured(isWon: isWon)),
      "losers": .array(
        losers.map {
          ["address": .string("\($0.endpoint)"), "outcome": .text($0.outcome?.kind.rawValue)]
        }),
    ]
  }
}

extension ICMPReport {
  fileprivate var json: JSON {
    [
      "version": .integer(isV6 ? 6 : 4), "type": .integer(Int(type)), "code": .integer(Int(code)),
      "meaning": .string(meaning), "from": .text(sender?.description),
      "from_this_host": .bool(isOwn),
    ]
  }
}

extension NextHop {
  fileprivate var json: JSON {
    [
      "device": .string(device), "address": .string("\(address)"), "is_gateway": .bool(isGateway),
      "state": .string(state.rawValue),
      "since_seconds": .seconds(state == .incomplete ? since : nil),
    ]
  }
}

extension RoundStatistics {
  fileprivate var json: JSON {
    let part: JSON = [
      "count": .integer(rounds), "answers": .integer(answers),
      "loss": loss.map(JSON.number) ?? .null, "outcomes": .counts(counts),
      "times_of": .text(timed?.rawValue),
    ]
    return part.merging(times?.json ?? [:])
  }
}

extension JSON {
  /// How many there are of every outcome, those without any as well.
  package static func counts(_ counts: [ConnectOutcome.Kind: Int]) -> JSON {
    let fields = ConnectOutcome.Kind.allCases.map { ($0.rawValue, integer(counts[$0] ?? 0)) }
    return .object(Dictionary(fields) { $1 })
  }
}

extension SequentialConnect {
  package var json: JSON {
    let part: JSON = [
      "target": .string(target), "port": .integer(Int(port)), "addresses": .integer(addresses),
      "resolution_seconds": .seconds(resolution), "open": .bool(isOpen),
      "measured": .bool(isMeasured),
    ]
    return part.merging(timeToEnd.json)
  }
}

extension TimeStatistics {
  package var json: JSON {
    [
      "min_seconds": .seconds(least), "median_seconds": .seconds(median),
      "p95_seconds": .seconds(p95), "max_seconds": .seconds(most),
    ]
  }
}
