import Advisor
import Emitters
import ProfileFiles
import TCPModel

/// What profiles say of attempts that hung: whether that was too long, what decides it, what helps.
struct ProbeVerdicts {
  let verdicts: [ConnectVerdict]
  private let advice: Advice
  private let decision: [String]

  /// - Returns: nil where there is nothing to judge.
  init?(
    on rows: [ProbedAddress], under profiles: [Profile], host: Host, options: SocketOptions
  ) throws {
    verdicts = rows.flatMap { ConnectVerdict.all(of: $0, under: profiles) }
    guard !verdicts.isEmpty else { return nil }
    advice = try Advice(for: profiles, on: host)
    let play = Case(.connect, in: host.snapshot, options: options)
    decision = Timeline(of: play, under: host.rules).decision(of: play)
  }

  var isMissed: Bool { verdicts.contains(where: \.isMissed) }

  func text(_ style: Style) -> String {
    verdicts.map { verdict in
      let start =
        "  \(verdict.isMissed ? "MISSED" : "met   ")  \(verdict.connections): \(verdict.address)"
      let wish = "\(start) hangs \(verdict.range.text), within \(verdict.wanted.text) is asked."
      return style.fold(wish + help(verdict), hanging: 10)
    }.joined()
  }

  private func help(_ verdict: ConnectVerdict) -> String {
    guard verdict.isMissed else { return "" }
    let help = decision + (remedy(verdict).map { ["What would help: \($0)."] } ?? [])
    return help.map { " \($0)" }.joined()
  }

  private func remedy(_ verdict: ConnectVerdict) -> String? {
    let finding = advice.findings.first {
      $0.scenario == .connect && $0.subject == .bound(.within)
        && $0.connections == verdict.connections
    }
    return finding.flatMap(advice.plan.remedy)
  }

  var json: JSON {
    .array(
      verdicts.map { verdict in
        let part: JSON = [
          "connections": .string(verdict.connections), "address": .string(verdict.address),
          "wanted_seconds": .seconds(verdict.wanted),
          "status": .string(verdict.isMissed ? "missed" : "met"),
          "decided_by": .array(decision.map(JSON.string)), "remedy": .text(remedy(verdict)),
        ]
        return part.merging(verdict.range.json)
      })
  }
}
