import Foundation

extension PromiseKind {
  /// What every target makes of a profile, byte by byte but for the version of the tool.
  static let emitted = [
    emitted("server", "--profile", "server"),
    emitted("database-client-5.10", "--profile", "database-client", "--kernel", "5.10"),
  ]

  private static func emitted(_ name: String, _ words: String...) -> PromiseKind {
    PromiseKind(
      file: "emitted-\(name).txt", form: .texts,
      subjects: { Array($0.components(separatedBy: " ").prefix(1)) }
    ) { _ in
      let targets = try Run.tool("emit", "--list", "--json").json["targets"].array
        .compactMap { $0["name"].string }
      let answer = try Run.tool(["emit"] + targets + words + ["--json"]).json
      return answer["files"].array.map { file in
        Promise(
          "\(file["target"].string ?? "") \(file["name"].string ?? "")",
          (file["text"].string ?? "").replacing(/(tcpadvisor(?: |%20))[0-9]+\.[0-9]+\.[0-9]+/) {
            "\($0.output.1)VERSION"
          })
      }
    }
  }
}
