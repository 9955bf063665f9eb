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
    statements.flatMap { statement in
      programs.flatMap { program in
        program.knobs.compactMap { setting(of: $0, program, in: statement) }
      }
    }
  }

  private func setting(
    of knob: ProgramKnob, _ program: KnownProgram, in statement: ConfigurationStatement
  ) -> ProgramSetting? {
    let isNegated = statement.words[0].text == "no"
    let words = isNegated ? statement.words.dropFirst() : statement.words[...]
    for name in knob.names {
      guard let found = match(name, words) else { continue }
      var value = found.value
      if let part = knob.part {
        guard let whole = value, let separator,
          let own = whole.parts(between: separator, place: part)
        else { return nil }
        value = own
      }
      return ProgramSetting(
        program: program, knob: knob, statement: statement, name: found.name, value: value,
        isNegated: isNegated)
    }
    return nil
  }

  /// Finds a name among words: `a … b` is the argument `b` of the directive `a`, `a b` the directive `a`
  /// whose first argument is `b`.
  private func match(_ name: String, _ words: ArraySlice<ConfigurationWord>)
    -> (name: ConfigurationWord, value: String?)?
  {
    let parts = name.components(between: " … ")
    if parts.count == 2 {
      guard let first = words.first, plain(first.text) == plain(parts[0]) else { return nil }
      return argument(parts[1], words.dropFirst())
    }
    let names = name.split(separator: " ")
    guard names.count < 2 else {
      guard words.count >= names.count,
        zip(names, words).allSatisfy({ plain($0) == plain($1.text) }), let first = words.first,
        let last = words.prefix(names.count).last
      else { return nil }
      let whole = ConfigurationWord(
        text: names.joined(separator: " "),
        place: LintPlace(
          line: first.place.line, column: first.place.column, endColumn: last.place.endColumn))
      return (whole, value(words.dropFirst(names.count)))
    }
    return argument(name, syntax == .lines ? words : words.prefix(2))
  }

  /// A word that is the name, with its value in the next one or behind a `=`.
  private func argument(_ name: String, _ words: ArraySlice<ConfigurationWord>)
    -> (name: ConfigurationWord, value: String?)?
  {
    for index in words.indices {
      let word = words[index]
      if plain(word.text) == plain(name) {
        return (word, value(words[(index + 1)...]))
      }
      if let sign = word.text.firstIndex(of: "="), plain(word.text[..<sign]) == plain(name) {
        let own = ConfigurationWord(text: String(word.text[..<sign]), place: word.place)
        return (own, String(word.text[word.text.index(after: sign)...]))
      }
      // The value of an assignment is no name.
      if syntax == .assignments { return nil }
    }
    return nil
  }

  /// The first word, with the unit that may stand behind it.
  private func value(_ words: ArraySlice<ConfigurationWord>) -> String? {
    // A `=` of its own is no value, and a `;` at the end no part of one.
    let texts = words.map(\.text).drop { $0 == "=" }.map {
      $0.hasSuffix(";") ? $0.dropLast() : $0[...]
    }
    guard let first = texts.first, first != "{" else { return nil }
    let unit = texts.dropFirst().first.flatMap { Suffix(rawValue: String($0)) }
    guard let unit, suffixes.contains(unit) else { return String(first) }
    return "\(first) \(unit.rawValue)"
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
