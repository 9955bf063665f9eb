import SysctlFiles
import TCPModel

/// A setting of a known program as a file of it has it.
package struct ProgramSetting: Sendable {
  let program: KnownProgram
  let knob: ProgramKnob
  let statement: ConfigurationStatement
  /// The name as it is written; where it stands is where findings are.
  let name: ConfigurationWord
  /// What is written for it: the part that is the knob's own; nil for a flag.
  let value: String?
  /// Whether a `no` stands before it.
  let isNegated: Bool

  /// As a message begins: `tcp-ut 30`.
  var text: String {
    let told = value.map { "\(name.text) \($0)" } ?? name.text
    return isNegated ? "no \(told)" : told
  }

  /// Whether it is about keepalive as a whole, which is on or off.
  var decidesSwitch: Bool { knob.subject == .option(.keepalive) }

  /// Whether it names a socket option by its numbers.
  var isRaw: Bool { statement.raw != nil }

  /// Whether it switches something on or off; nil for what is no such word.
  var isOn: Bool? {
    if isNegated { return false }
    switch value?.lowercased() {
    case nil, "on", "yes", "true", "1", "enable", "enabled": return true
    case "off", "no", "false", "0", "disable", "disabled": return false
    default: return nil
    }
  }
}

extension ConfigurationFormat {
  /// Returns the settings of the programs' knobs among what a file says, in the order of the knobs for
  /// each statement.
  func settings(in statements: [ConfigurationStatement]) -> [ProgramSetting] {
    let knobs = programs.flatMap { program in
      program.knobs.map { (program: program, knob: $0, names: $0.names.map(settingName)) }
    }
    return statements.flatMap { statement -> [ProgramSetting] in
      if let raw = statement.raw { return settings(of: raw, in: statement) }
      let isNegated = statement.words[0].text == "no"
      let words = statement.words.dropFirst(isNegated ? 1 : 0).map { PlainWord($0, in: self) }
      return knobs.compactMap { program, knob, names -> ProgramSetting? in
        if let owner = schemes[statement.words[0].text], owner != program.name { return nil }
        guard
          let found = names.lazy.compactMap({ match($0, words, below: statement.path) }).first
        else { return nil }
        var value = found.value
        if let part = knob.part {
          guard let separator, let own = value?.parts(between: separator, place: part) else {
            return nil
          }
          value = own
        }
        return ProgramSetting(
          program: program, knob: knob, statement: statement, name: found.name, value: value,
          isNegated: isNegated)
      }
    }
  }

  /// Returns the settings of the knobs for which files have an option by its numbers.
  private func settings(
    of raw: ConfigurationStatement.RawOption, in statement: ConfigurationStatement
  ) -> [ProgramSetting] {
    programs.flatMap { program in
      program.knobs.filter { knob in
        guard case .option(let option) = knob.subject, raw.isThat(option) else { return false }
        return knob.names.map(settingName).contains(where: isRaw)
      }.map {
        ProgramSetting(
          program: program, knob: $0, statement: statement, name: statement.words[0],
          value: statement.words[1].text, isNegated: false)
      }
    }
  }

  private func settingName(_ name: String) -> SettingName {
    let parts = name.components(between: " … ")
    return SettingName(
      text: name, directive: parts.count == 2 ? plain(parts[0]) : nil,
      words: (parts.last ?? "").split(separator: " ").map { plain($0) })
  }

  /// Whether options stand below a name by their numbers.
  private func isRaw(_ name: SettingName) -> Bool {
    guard let raw else { return false }
    return name.words == [raw.name] || name.words[0].hasSuffix(".\(raw.name)")
  }

  /// Finds a name among words.
  /// - Parameter path: what is around them, where values nest.
  private func match(_ name: SettingName, _ words: [PlainWord], below path: String)
    -> (name: ConfigurationWord, value: String?)?
  {
    guard let first = words.first else { return nil }
    if syntax.nests {
      let whole = path + first.plain
      guard whole == name.words[0] || whole.hasSuffix(".\(name.words[0])") else { return nil }
      return (first.word, words.count > 1 ? words[1].word.text : nil)
    }
    if let directive = name.directive {
      guard first.plain == directive else { return nil }
      return argument(name.words[0], words.dropFirst())
    }
    let count = name.words.count
    guard count > 1 else {
      // The value of an assignment is no name.
      return argument(
        name.words[0], syntax == .lines || syntax == .urls ? words[...] : words.prefix(1), in: words
      )
    }
    guard words.count >= count, zip(name.words, words).allSatisfy({ $0 == $1.plain }) else {
      return nil
    }
    let (start, end) = (first.word.place, words[count - 1].word.place)
    let whole = ConfigurationWord(
      text: name.text,
      place: LintPlace(line: start.line, column: start.column, endColumn: end.endColumn))
    return (whole, value(words.dropFirst(count)))
  }

  /// A word that is the name, with its value in the next one or behind a `=`.
  /// - Parameter all: where the value may stand; nil: among the words that are looked at.
  private func argument(
    _ name: String, _ words: ArraySlice<PlainWord>, in all: [PlainWord]? = nil
  ) -> (name: ConfigurationWord, value: String?)? {
    for index in words.indices {
      let word = words[index]
      if word.plain == name {
        return (word.word, value(all?[(index + 1)...] ?? words[(index + 1)...]))
      }
      if let assigned = word.assigned, assigned.name == name {
        return (
          ConfigurationWord(text: assigned.written, place: word.word.place), assigned.value
        )
      }
    }
    return nil
  }

  /// The first word, with the unit that may stand behind it.
  private func value(_ words: ArraySlice<PlainWord>) -> String? {
    // A `=` of its own is no value, and a `;` at the end no part of one.
    let texts = words.prefix(3).map(\.word.text).drop { $0 == "=" }.map(\.withoutEnd)
    guard let first = texts.first, first != "{" else { return nil }
    let unit = texts.dropFirst().first.flatMap { Suffix(rawValue: String($0)) }
    guard let unit, suffixes.contains(unit) else { return String(first) }
    return "\(first) \(unit.rawValue)"
  }
}

/// The name of a knob as it is looked for: `a … b` is the argument `b` of the directive `a`, `a b` the
/// directive `a` whose first argument is `b`.
private struct SettingName {
  let text: String
  let directive: String?
  let words: [String]
}

/// A word of a file and how it is compared with names.
private struct PlainWord {
  let word: ConfigurationWord
  let plain: String
  /// What stands before a `=`, as it is compared and as it is written, and behind it.
  let assigned: (name: String, written: String, value: String)?

  init(_ word: ConfigurationWord, in format: ConfigurationFormat) {
    (self.word, plain) = (word, format.plain(word.text))
    assigned = word.text.firstIndex(of: "=").map { sign in
      let name = word.text[..<sign]
      return (
        format.plain(name), String(name),
        String(String(word.text[word.text.index(after: sign)...]).withoutEnd)
      )
    }
  }
}

extension ProgramKnob {
  /// All that it is called, but what stands for more than one setting.
  package var names: [String] { ([name] + aliases).filter { !$0.contains("×") } }

  /// The word by which it is told, without the directive around it.
  var words: [String] {
    names.map { name in name.components(between: " … ").last ?? name }
      .map { $0.split(separator: " ").last.map(String.init) ?? $0 }
  }
}

extension String {
  /// Without the `;` at the end of a statement.
  fileprivate var withoutEnd: Substring { hasSuffix(";") ? dropLast() : self[...] }

  /// What stands before and behind a text; the whole where it does not occur.
  func components(between mark: String) -> [String] {
    guard let first = mark.first else { return [self] }
    for index in indices where self[index] == first && self[index...].hasPrefix(mark) {
      let end = self.index(index, offsetBy: mark.count)
      return [String(self[..<index]), String(self[end...])]
    }
    return [self]
  }

  /// A part of a value that holds several, from 1; nil where it is empty, or there is one value alone.
  fileprivate func parts(between separator: Character, place: Int) -> String? {
    let parts = split(separator: separator, omittingEmptySubsequences: false)
    guard parts.count > 1, parts.indices.contains(place - 1), !parts[place - 1].isEmpty else {
      return nil
    }
    return String(parts[place - 1])
  }
}
