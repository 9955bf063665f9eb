/// What a file of a program says, where values nest: YAML and JSON, and terms of Erlang.
package indirect enum ConfigurationTree: Sendable {
  case scalar(ConfigurationWord)
  case list([ConfigurationTree])
  case map([Entry])

  /// A name and what belongs to it.
  package struct Entry: Sendable {
    let key: ConfigurationWord
    let value: ConfigurationTree

    package init(_ key: ConfigurationWord, _ value: ConfigurationTree) {
      (self.key, self.value) = (key, value)
    }
  }

  var word: ConfigurationWord? { if case .scalar(let word) = self { word } else { nil } }

  /// What a field of a map is; nil where it has none.
  subscript(name: String) -> ConfigurationWord? {
    guard case .map(let entries) = self else { return nil }
    return entries.first { $0.key.text == name }?.value.word
  }
}

extension ConfigurationFormat {
  /// Returns what trees say, from top to bottom.
  func statements(in trees: [ConfigurationTree]) -> [ConfigurationStatement] {
    var walk = TreeWalk(format: self)
    for tree in trees { walk.visit(tree, in: TreeWalk.Surroundings()) }
    return walk.statements
  }
}

/// Goes through a tree and makes a statement of each name in it.
private struct TreeWalk {
  struct Surroundings {
    var path = ""
    var section = 0
    var sectionName = ""
  }

  let format: ConfigurationFormat
  private(set) var statements: [ConfigurationStatement] = []
  private var sections = 0

  init(format: ConfigurationFormat) { self.format = format }

  /// Each item of a list is a section, and so is what belongs to a name that begins one.
  mutating func visit(_ tree: ConfigurationTree, in around: Surroundings) {
    switch tree {
    case .scalar: break
    case .list(let items):
      for item in items { visit(item, in: section(around, named: around.sectionName)) }
    case .map(let entries):
      for entry in entries { visit(entry, in: around) }
    }
  }

  private mutating func section(_ around: Surroundings, named name: String) -> Surroundings {
    sections += 1
    return Surroundings(path: around.path, section: sections, sectionName: name)
  }

  private mutating func visit(_ entry: ConfigurationTree.Entry, in around: Surroundings) {
    let name = entry.key.text
    if let raw = format.raw, raw.name == format.plain(name) {
      return append(raw, entry.value, at: entry.key.place, in: around)
    }
    append([entry.key] + [entry.value.word].compactMap(\.self), in: around)
    var inside =
      format.sections.contains(format.plain(name)) ? section(around, named: name) : around
    inside.path += "\(format.plain(name))."
    visit(entry.value, in: inside)
  }

  private mutating func append(
    _ words: [ConfigurationWord], raw: ConfigurationStatement.RawOption? = nil,
    in around: Surroundings
  ) {
    statements.append(
      ConfigurationStatement(
        words: words, section: around.section, sectionName: around.sectionName, path: around.path,
        raw: raw))
  }

  /// Takes options by their numbers: one, or a list of them.
  private mutating func append(
    _ raw: ConfigurationFormat.RawOptions, _ value: ConfigurationTree, at place: LintPlace,
    in around: Surroundings
  ) {
    if let (option, value) = raw.option(value) {
      let name = ConfigurationWord(text: option.name, place: place)
      return append([name, value], raw: option, in: around)
    }
    guard case .list(let items) = value else { return }
    for item in items {
      append(raw, item, at: item.firstWord?.place ?? place, in: around)
    }
  }
}

extension ConfigurationTree {
  /// Where it begins.
  fileprivate var firstWord: ConfigurationWord? {
    switch self {
    case .scalar(let word): word
    case .list(let items): items.first?.firstWord
    case .map(let entries): entries.first?.key
    }
  }
}
