import InputFiles
import Reports

/// A page of the manual, in the language of mdoc(7).
///
/// What the parser of the command line knows is made from it; prose comes from a file of its own, with a
/// `.Sh` for each section, and stands where mdoc(7) wants it.
struct ManualPage: Sendable {
  let name: String
  let section: Int
  private let summary: String
  private let synopsis: String
  private let list: (heading: String, text: String)
  private let prose: [(heading: String, text: String)]
  private let related: [(name: String, section: Int)]

  /// The page of the whole program, or of one command.
  init(of command: CommandDescription, in program: CommandDescription, prose: String) {
    let isWhole = command.name == program.name
    name = isWhole ? command.name : "\(program.name)-\(command.name)"
    section = 1
    summary = command.abstract
    self.prose = Self.sections(of: prose)
    synopsis = command.synopsis(within: isWhole ? [] : [program.name], isWhole: isWhole)
    list = isWhole ? ("COMMANDS", program.list) : ("OPTIONS", command.options)
    related =
      isWhole
      ? program.subcommands.map { ("\(program.name)-\($0.name)", 1) } + Self.common(program.name)
      : [(program.name, 1)] + Self.common(program.name)
  }

  /// A page of another section.
  /// - Parameter list: what follows its description.
  init(
    _ name: String, section: Int, of program: String, _ summary: String,
    list: (heading: String, text: String) = ("", ""), prose: String
  ) {
    (self.name, self.section, self.summary) = (name, section, summary)
    (synopsis, self.list, self.prose) = ("", list, Self.sections(of: prose))
    related = [(program, 1)] + Self.common(program).filter { $0.0 != name }
  }

  private static func common(_ program: String) -> [(String, Int)] {
    [("\(program)-profile", 5), ("\(program)-model", 7)]
  }

  var json: JSON {
    ["name": .string(name), "section": .integer(section), "text": .string(text)]
  }

  /// `tcpadvisor-explain.1`.
  var file: String { "\(name).\(section)" }

  var text: String {
    """
    .Dd \(Self.date)
    .Dt \(name.uppercased()) \(section)
    .Os
    .Sh NAME
    .Nm \(name)
    .Nd \(ManualText.escaped(phrase))

    """ + synopsis + body
  }

  /// The day of the tool as mdoc(7) writes it: November 29, 2026.
  private static let date: String = {
    let parts = Tool.date.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3, months.indices.contains(parts[1] - 1) else { return Tool.date }
    return "\(months[parts[1] - 1]) \(parts[2]), \(parts[0])"
  }()

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]

  /// The summary as the words behind a name.
  private var phrase: String {
    let words = summary.hasSuffix(".") ? summary.dropLast() : summary[...]
    return words.prefix(1).lowercased() + words.dropFirst()
  }

  /// In the order of mdoc(7).
  private static let order = [
    "DESCRIPTION", "OPTIONS", "ENVIRONMENT", "FILES", "EXIT STATUS", "EXAMPLES", "DIAGNOSTICS",
    "SEE ALSO", "STANDARDS", "CAVEATS", "BUGS",
    "SECURITY CONSIDERATIONS",
  ]

  private var body: String {
    func place(_ heading: String) -> Int {
      Self.order.firstIndex(of: heading) ?? Self.order.firstIndex(of: "OPTIONS") ?? 0
    }
    let made = [list, ("SEE ALSO", seeAlso)].filter { !$0.1.isEmpty }
    let also = prose.first { $0.heading == "SEE ALSO" }?.text ?? ""
    let sections = prose.filter { $0.heading != "SEE ALSO" } + made
    let sorted = sections.enumerated().sorted { one, other in
      let (first, second) = (place(one.element.0), place(other.element.0))
      return (first, one.offset) < (second, other.offset)
    }
    return sorted.map { _, section in
      ".Sh \(section.0)\n\(section.1)" + (section.0 == "SEE ALSO" ? also : "")
    }.joined()
  }

  private var seeAlso: String {
    let sorted = related.sorted { ($0.section, $0.name) < ($1.section, $1.name) }
    return sorted.enumerated().map { index, page in
      ".Xr \(page.name) \(page.section)\(index == sorted.count - 1 ? "" : " ,")\n"
    }.joined()
  }

  private static func sections(of prose: String) -> [(String, String)] {
    var sections: [(heading: String, text: String)] = []
    for line in prose.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix(".Sh ") {
        sections.append((String(line.dropFirst(4)), ""))
      } else if !sections.isEmpty, !line.isEmpty {
        sections[sections.count - 1].text += line + "\n"
      }
    }
    return sections
  }
}

extension CommandDescription {
  /// The ways to call it, those of its subcommands each.
  fileprivate func synopsis(within names: [String], isWhole: Bool) -> String {
    ".Sh SYNOPSIS\n" + usage(within: names, isWhole: isWhole)
  }

  private func usage(within names: [String], isWhole: Bool) -> String {
    let words = (names + [name]).joined(separator: " ")
    if isWhole { return ".Nm \(words)\n.Ar command\n.Op Ar option ...\n.Op Ar argument ...\n" }
    guard subcommands.isEmpty else {
      return subcommands.map { $0.usage(within: names + [name], isWhole: false) }.joined()
    }
    let own = arguments.filter { $0.names.isEmpty }.map { argument in
      let name = "Ar \(ManualText.word(argument.value ?? ""))\(argument.isRepeated ? " ..." : "")"
      return argument.isOptional ? ".Op \(name)\n" : ".\(name)\n"
    }
    return ".Nm \(words)\n.Op Ar option ...\n" + own.joined()
  }

  /// Its arguments, those of its subcommands under a heading each.
  fileprivate var options: String {
    guard !subcommands.isEmpty else { return tagged(arguments) }
    return subcommands.map { command in
      ".Ss \(name) \(command.name)\n\(ManualText.filled(command.abstract))"
        + command.tagged(command.arguments)
    }.joined()
  }

  /// The commands there are.
  fileprivate var list: String {
    ManualText.list(subcommands.map { (" Cm \($0.name)", $0.abstract) })
  }

  private func tagged(_ arguments: [Argument]) -> String {
    ManualText.list(arguments.filter { $0.names != ["--version"] }.map(\.item))
  }
}

extension CommandDescription.Argument {
  fileprivate var item: (term: String, text: String) {
    let value = value.map {
      " Ar \(ManualText.word($0))\(isRepeated && names.isEmpty ? " ..." : "")"
    }
    let tag =
      names.isEmpty
      ? value ?? ""
      : names.map { " Fl \($0.dropFirst().replacing("-", with: "\\-"))\(value ?? "")" }
        .joined(separator: " ,")
    return (tag, abstract + listed + said)
  }

  private var listed: String {
    values.isEmpty || values.count > 40 ? "" : " One of \(values.joined(separator: ", "))."
  }

  private var said: String {
    guard let initial, !abstract.contains("default:") else { return "" }
    return " The default is \(initial)."
  }
}
