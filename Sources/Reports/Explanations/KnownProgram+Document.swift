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
      ("closes", unusedLimit.map { "what it does not use after \($0.time.text), by \($0.name)" }),
      ("only lowers", onlyLowers ? "what the host has, to these numbers" : nil),
      ("sets along", keepaliveLink?.text),
      ("user timeout", hasSingleUserTimeout ? "one, which holds while it connects too" : nil),
      ("notes", notes), ("source", source), ("checked on", checkedOn),
    ]
    return Document([
      Document.Section([
        .paragraph("\(name): \(summary ?? "")"),
        .table(Document.Table(rows.compactMap { name, fact in fact.map { [name, $0] } })),
      ]),
      Document.Section(
        knobs.isEmpty
          ? []
          : [
            .paragraph("How it is told:"), .table(Document.Table(knobs.map(\.row))),
          ]),
    ])
  }

  package var json: JSON {
    [
      "name": .string(name), "summary": .text(summary), "direction": .string(direction.rawValue),
      "processes": .array(processes.map { .string($0) }),
      "sets": sets.json, "can_set": canSet.map { .array($0.map { .string($0.name) }) } ?? .null,
      "single_user_timeout": .bool(hasSingleUserTimeout), "application": application.json,
      "only_lowers": .bool(onlyLowers),
      "closes_unused": unusedLimit.map {
        ["name": .string($0.name), "after_seconds": .seconds($0.time)]
      } ?? .null,
      "follows_keepidle": keepaliveLink?.json ?? .null, "knobs": .array(knobs.map(\.json)),
      "notes": .text(notes), "source": .text(source), "checked_on": .text(checkedOn),
    ]
  }
}

extension KeepaliveLink {
  /// `TCP_KEEPINTVL = TCP_KEEPIDLE / 3, TCP_KEEPCNT = 3`.
  fileprivate var text: String {
    sorted.map { option, source in
      switch source {
      case .fixed(let value): "\(option) = \(value)"
      case .share(1): "\(option) = TCP_KEEPIDLE"
      case .share(let divisor): "\(option) = TCP_KEEPIDLE / \(divisor)"
      }
    }.joined(separator: ", ")
  }

  fileprivate var json: JSON {
    let pairs = sorted.map { option, source -> (String, JSON) in
      switch source {
      case .fixed(let value): (option.name, .string("\(value)"))
      case .share(let divisor): (option.name, .string("1/\(divisor)"))
      }
    }
    return .object(Dictionary(pairs) { $1 })
  }

  private var sorted: [(SocketOption, Source)] {
    SocketOption.all.compactMap { option in sources[option].map { (option, $0) } }
  }
}

extension ProgramKnob {
  /// What it decides, its name, its range and its first release.
  fileprivate var row: [String] {
    let unit = unit == .count ? nil : unit.rawValue
    let numbers = [range.map { "\($0.lowerBound) to \($0.upperBound)" }, unit].compactMap(\.self)
    return [subject.name, name, numbers.joined(separator: " "), since.map { "since \($0)" } ?? ""]
  }

  fileprivate var json: JSON {
    [
      "decides": .string(subject.name), "name": .string(name), "unit": .string(unit.rawValue),
      "least": range.map { .integer($0.lowerBound) } ?? .null,
      "most": range.map { .integer($0.upperBound) } ?? .null, "since": .text(since),
      "also": .array(aliases.map { .string($0) }), "part": part.map { .integer($0) } ?? .null,
      "ignored_in": .array(ignoredIn.map { .string($0) }),
      "address_word": addressWord.map { .integer($0) } ?? .null,
    ]
  }
}

extension ProgramKnob.Subject {
  /// As profiles name it.
  package var name: String {
    switch self {
    case .option(let option): option.name
    case .timer(let timer): timer.rawValue
    }
  }
}
