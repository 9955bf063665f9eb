package import Advisor
import TCPModel

extension PlanEmitter {
  /// The target as `emit --list` tells it.
  /// - Parameter known: what is known of programs.
  package func json(_ known: [KnownProgram]) -> JSON {
    [
      "name": .string(name), "summary": .string(summary), "part": .string(part.rawValue),
      "group": .string(group.rawValue),
      "files": .array(fileNames(for: "PROFILE").map(JSON.string)),
      "covers": .array(covers(known).map(JSON.string)), "omits": .text(omission),
      "proved_with": .text(provedWith),
    ]
  }

  /// What of its part it can say: for a program its socket options and times, by name.
  private func covers(_ known: [KnownProgram]) -> [String] {
    guard let file = self as? any ProgramFile else {
      return [part == .host ? "sysctls" : "socket options", part == .host ? nil : "deadlines"]
        .compactMap(\.self)
    }
    let programs = known.filter { file.programs.contains($0.name) }
    return programs.flatMap(\.knobs).map(\.subject.name).distinct
  }
}

extension [any PlanEmitter] {
  /// The targets under the headings of their groups, with what each was proved with.
  package var document: Document {
    Document(
      PlanEmitterGroup.allCases.compactMap { group in
        let rows = filter { $0.group == group }.map { target in
          [
            target.name,
            "\(target.summary) " + (target.provedWith.map { "Proved with \($0)." } ?? "Text only."),
          ]
        }
        guard !rows.isEmpty else { return nil }
        return Document.Section([
          .paragraph("\(group.rawValue)"), .table(Document.Table(rows)),
        ])
      })
  }
}
