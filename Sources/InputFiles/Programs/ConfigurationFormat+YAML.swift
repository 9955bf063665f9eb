package import Advisor
import TCPModel

extension ConfigurationFormat {
  private static let fields = RecordSchema(
    "file of a program",
    [
      Field("names", .list(.text), "What the files are called."),
      Field("programs", .list(.text), "Whose settings stand in them."),
      Field("syntax", .choice(Syntax.allCases.map(\.rawValue)), "How settings are told apart."),
      Field(
        "suffixes", .list(.choice(Suffix.allCases.map(\.rawValue))),
        "The units that may follow a time."),
      Field(
        "bare", .choice(Suffix.allCases.map(\.rawValue)),
        "What a number alone counts; left out, what the knob counts."),
      Field("separator", .text, "What stands between the parts of a value that holds several."),
      Field("sections", .list(.text), "The words that begin a section."),
      Field("inherited", .text, "The section whose settings hold in those below it."),
      Field("ignores_case", .boolean, "Whether names may be in small letters or in capitals."),
      Field("equates_dashes", .boolean, "Whether a-b is the same name as a_b."),
      Field("comments", .list(.text), "What begins a remark; left out, #."),
      Field("schemes", .map(schemes(of: [])), "With what the URLs of each program begin."),
      Field("raw", .map(rawFields), "How socket options are named by their numbers."),
      Field("others", .list(.text), "Settings that are none of the knobs and look like one."),
    ])

  /// Each of the programs may have some.
  private static func schemes(of programs: [KnownProgram]) -> RecordSchema {
    RecordSchema(
      "schemes", programs.map { Field($0.name, .list(.text), "With what its URLs begin.") })
  }

  fileprivate static let rawFields = RecordSchema(
    "raw",
    [
      Field("below", .text, "The name that they stand below."),
      Field(
        "fields", .list(.text),
        "The names of the level, the number and the value; left out, these follow each other."),
    ])

  /// Returns how the files of known programs are read, in the order of their catalogue.
  package static func known() throws(ProfileError) -> [ConfigurationFormat] {
    let programs = try ProfileReader.knownPrograms()
    let root = try Node.document(
      in: ProfileSource(
        file: "built-in/catalogue/files.yaml", bytes: BuiltInProfiles.catalogue["files"] ?? []))
    var formats: [ConfigurationFormat] = []
    for entry in root["files"]?.entries ?? [] {
      let fields = try FieldReader(entry.value, of: "“\(entry.key)”", known: Self.fields)
      formats.append(try ConfigurationFormat(entry.key, fields, programs))
    }
    return formats
  }

  private init(_ name: String, _ fields: FieldReader, _ known: [KnownProgram]) throws(ProfileError)
  {
    var programs: [KnownProgram] = []
    for node in try fields.required("programs").items() {
      let name = try node.text()
      guard let program = known.first(where: { $0.name == name }) else {
        throw .unknown("program", name, among: known.map(\.name), at: node.mark)
      }
      programs.append(program)
    }
    var suffixes: [Suffix] = []
    for node in try fields["suffixes"]?.items() ?? [] {
      suffixes.append(try node.choice(of: "suffixes"))
    }
    self.init(
      name, names: try fields.texts("names"), programs: programs,
      syntax: try fields.required("syntax").choice(of: "syntax"), suffixes: suffixes)
    bare = try fields["bare"]?.choice(of: "bare")
    separator = try fields.text("separator")?.first
    sections = Set(try fields.texts("sections"))
    inherited = try fields.text("inherited")
    ignoresCase = try fields["ignores_case"]?.boolean() ?? false
    equatesDashes = try fields["equates_dashes"]?.boolean() ?? false
    comments = try fields["comments"] == nil ? comments : fields.texts("comments")
    raw = try fields["raw"].map(RawOptions.init)
    others = try fields.texts("others")
    guard let node = fields["schemes"] else { return }
    let owners = try FieldReader(node, of: "“schemes”", known: Self.schemes(of: programs))
    for program in programs {
      for scheme in try owners.texts(program.name) { schemes[scheme] = program.name }
    }
  }
}

extension ConfigurationFormat.RawOptions {
  fileprivate init(_ node: Node) throws(ProfileError) {
    let fields = try FieldReader(node, of: "“raw”", known: ConfigurationFormat.rawFields)
    let names = try fields.texts("fields")
    self.init(try fields.required("below").text(), fields: names.isEmpty ? nil : names)
  }
}
