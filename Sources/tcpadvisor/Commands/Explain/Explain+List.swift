import Reports
import TCPModel

extension Explain {
  /// Everything that can be explained, each with a line.
  func listTopics() throws {
    let parts: [(title: String, names: [(name: String, summary: String)])] = [
      ("scenarios", Scenario.allCases.map { ($0.rawValue, $0.summary) }),
      ("outcomes", ImmediateFailure.allCases.map { ($0.rawValue, $0.summary) }),
      ("sysctls", SysctlCatalog.all.map { ($0.key.rawValue, $0.meaning) }),
      ("options", SocketOptionInfo.all.map { ($0.name, $0.meaning) }),
    ]
    let sections = parts.map { part in
      let definitions = part.names.map {
        Document.Definition(RichText($0.name), RichText($0.summary))
      }
      return Document.Section(RichText(part.title), [.definitions(definitions)])
    }
    let lists = parts.map { part -> (String, JSON) in
      let names = part.names.map { name, summary -> JSON in
        ["name": .string(name), "summary": .string(summary)]
      }
      return (part.title, .array(names))
    }
    try output.print(
      Document(sections), title: "What can be explained",
      json: .answer("explain", about: nil, .object(Dictionary(lists) { first, _ in first })))
  }
}
