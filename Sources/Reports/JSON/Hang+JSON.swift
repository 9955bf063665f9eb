import Advisor
import TCPModel

extension HangReport {
  package var json: JSON {
    let hang = diagnosis.hang
    let took: JSON = ["seconds": .seconds(hang.time), "step_seconds": .seconds(hang.step)]
    return [
      "took": took.merging(hang.range.json), "errno": .text(hang.errno),
      "candidates": .array(diagnosis.candidates.map(\.json)),
      "nearest_before": diagnosis.below?.json ?? .null,
      "nearest_after": diagnosis.above?.json ?? .null, "notes": .array(notes.map(JSON.string)),
    ]
  }
}

extension HangCandidate {
  fileprivate var json: JSON {
    let clues = clues.map { clue -> JSON in
      ["command": .text(clue.command), "expect": .string(clue.expectation)]
    }
    let part: JSON = [
      "likelihood": .string(likelihood.rawValue), "fit": .string(fit.rawValue),
      "summary": .string(title), "ends": "always", "errno": .text(errno),
      "documented_seconds": .seconds(documented), "tell_apart": .array(clues),
    ]
    return part.merging(range.json).merging(cause.json)
  }
}

extension HangCandidate.Cause {
  fileprivate var json: JSON {
    switch self {
    case .giveUp(let giveUp): giveUp.json
    case .known(let wait):
      [
        "scenario": .null, "kernels": [], "sysctls": [:], "options": [:], "programs": [],
        "system": .string(wait.system), "source": .string(wait.source), "gives_up": .null,
      ]
    }
  }
}

extension HangCandidate.GiveUp {
  fileprivate var json: JSON {
    let sysctls = sysctls.map { ($0.key.rawValue, JSON.string("\($0.value)")) }
    let path = experiment.path.roundTrip
    let hasPath = timeline.scenario.depends(on: .retransmissionTimeout)
    return [
      "scenario": .string(timeline.scenario.rawValue),
      "kernels": .array((hosts.spans + releases.spans).map(\.json)),
      "sysctls": .object(Dictionary(sysctls) { first, _ in first }), "options": options.json,
      "application": suspect.timers.json, "programs": .array(programs.map { .string($0.name) }),
      "shortest_rtt_seconds": .seconds(hasPath ? path.lowerBound : nil),
      "longest_rtt_seconds": .seconds(hasPath ? path.upperBound : nil),
      "system": "Linux", "source": .text(source), "gives_up": .string(end.name),
    ]
  }

  private var source: String? {
    switch suspect.origin {
    case .thisHost, .kernelDefault: nil
    case .program(let program): program.source
    case .commonSetting(let setting): setting.source
    }
  }
}

extension HangEnd.Kind {
  /// Who does; nobody where what was lost is sent again.
  var name: String {
    switch self {
    case .giveUp: "kernel"
    case .deadline: "program"
    case .recovery: "nobody"
    }
  }
}

extension KernelSpan {
  fileprivate var json: JSON {
    ["from": .string(first.release), "to": .string(last.release)]
  }
}
