package import Advisor
import TCPModel

extension KnownProgram {
  /// What is known of it, one fact in a row.
  package var document: Document {
    let rows: [(String, String?)] = [
      ("direction", direction.rawValue),
      (
        "processes",
        processes.isEmpty ? nil : processes.joined(separator: ", ")
      ),
      ("sets", sets.isEmpty ? "nothing" : sets.text),
      (
        "can set",
        canSet.map { $0.isEmpty ? "nothing" : $0.map(\.name).joined(separator: ", ") }
          ?? "everything"
      ),
      ("keeps", application.text.isEmpty ? "no times of its own" : application.text),
      ("user timeout", hasSingleUserTimeout ? "one, which holds while it connects too" : nil),
      ("notes", notes), ("source", source), ("checked on", checkedOn),
    ]
    return Document([
      Document.Section([
        .paragraph("\(name): \(summary ?? "")"),
        .table(Document.Table(rows.compactMap { name, fact in fact.map { [name, $0] } })),
      ])
    ])
  }

  package var json: JSON {
    [
      "name": .string(name), "summary": .text(summary), "direction": .string(direction.rawValue),
      "processes": .array(processes.map { .string($0) }),
      "sets": sets.json, "can_set": canSet.map { .array($0.map { .string($0.name) }) } ?? .null,
      "single_user_timeout": .bool(hasSingleUserTimeout), "application": application.json,
      "notes": .text(notes), "source": .text(source), "checked_on": .text(checkedOn),
    ]
  }
}
