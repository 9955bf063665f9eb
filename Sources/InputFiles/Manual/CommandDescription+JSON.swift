extension CommandDescription {
  /// Reads what the parser of the command line says of its commands (`--experimental-dump-help`).
  package init(describing json: String) throws(ProfileError) {
    let source = ProfileSource(file: "command line", bytes: Array(json.utf8))
    guard let command = try Node.document(in: source)["command"] else {
      throw ProfileError("the parser describes no command")
    }
    self = try Self.command(command)
  }

  private static func command(_ node: Node) throws(ProfileError) -> CommandDescription {
    var subcommands: [CommandDescription] = []
    for child in try node["subcommands"]?.items() ?? [] where child.isShown {
      subcommands.append(try command(child))
    }
    var arguments: [Argument] = []
    for child in try node["arguments"]?.items() ?? [] where child.isShown {
      arguments.append(try argument(child))
    }
    return CommandDescription(
      name: try node["commandName"]?.text() ?? "", abstract: try node["abstract"]?.text() ?? "",
      discussion: try node["discussion"]?.text(), arguments: arguments,
      // The one that repeats the help of all others.
      subcommands: subcommands.filter { $0.name != "help" })
  }

  private static func argument(_ node: Node) throws(ProfileError) -> Argument {
    var names: [String] = []
    for name in try node["names"]?.items() ?? [] {
      let isShort = try name["kind"]?.text() == "short"
      names.append((isShort ? "-" : "--") + (try name["name"]?.text() ?? ""))
    }
    var values: [String] = []
    for value in try node["allValues"]?.items() ?? [] { values.append(try value.text()) }
    let kind = try node["kind"]?.text()
    return Argument(
      names: names, value: kind == "flag" ? nil : try node["valueName"]?.text(),
      abstract: try node["abstract"]?.text() ?? "", initial: try node["defaultValue"]?.text(),
      values: values, isRepeated: try node["isRepeating"]?.boolean() ?? false,
      isOptional: try node["isOptional"]?.boolean() ?? false)
  }
}

extension Node {
  fileprivate var isShown: Bool { (try? self["shouldDisplay"]?.boolean()) ?? true }
}
