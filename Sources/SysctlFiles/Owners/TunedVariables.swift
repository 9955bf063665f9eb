/// The variables of TuneD's profiles, and what becomes of a text that names them.
///
/// Source: variables.py and functions.py of TuneD 2.20 to 2.27.
struct TunedVariables {
  private var values: [String: String] = [:]

  /// Takes the variables of a section in their order: each may name those before it. `include` reads
  /// another file.
  init(_ assignments: [(name: String, value: String)], _ reader: inout OwnerReader) {
    for (name, value) in assignments {
      guard name == "include" else {
        add(name, value)
        continue
      }
      for assignment in reader.assignments(in: value) { add(assignment.name, assignment.value) }
    }
  }

  private mutating func add(_ name: String, _ value: String) {
    guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }) else {
      return
    }
    values[name] = expanded(value)
  }

  /// No sysctl holds more; variables of variables may grow without end.
  private static let longest = 4096

  /// Returns a text with the values of variables, and of functions that need no machine. What is left
  /// of `${…}` TuneD computes as it runs.
  func expanded(_ text: String) -> String {
    guard text.contains("${") else { return text }
    var bytes: [UInt8] = []
    // Where each `${` begins that has no end yet.
    var opened: [Int] = []
    for byte in text.utf8 {
      bytes.append(byte)
      if bytes.suffix(2).elementsEqual("${".utf8) { opened.append(bytes.count - 2) }
      guard byte == UInt8(ascii: "}"), let open = opened.popLast() else { continue }
      let isEscaped = open > 0 && bytes[open - 1] == UInt8(ascii: "\\")
      let name = String(decoding: bytes[(open + 2)...].dropLast(), as: UTF8.self)
      guard !isEscaped, let value = value(of: name[...]) else { continue }
      bytes.replaceSubrange(open..., with: value.utf8)
      if bytes.count > Self.longest { return text }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Of a variable, or of a function with its arguments: `f:strip:a:b`.
  private func value(of name: Substring) -> String? {
    let words = name.split(separator: ":", omittingEmptySubsequences: false)
    guard words.count > 2, words[0] == "f" else { return values[String(name)] }
    let arguments = words.dropFirst(2)
    // What TuneD computes is an argument that is not known.
    guard !arguments.contains(where: { $0.contains("${") }) else { return nil }
    switch words[1] {
    case "strip": return arguments.joined().trimmedBlanks
    case "s2kb": return arguments.first.flatMap { Int($0) }.map { "\($0 / 2)" }
    case "kb2s":
      let doubled = arguments.first.flatMap { Int($0) }?.multipliedReportingOverflow(by: 2)
      return doubled.flatMap { $0.overflow ? nil : "\($0.partialValue)" }
    default: return nil
    }
  }
}

extension String {
  fileprivate var trimmedBlanks: String {
    let text = drop(while: \.isWhitespace)
    return text.lastIndex { !$0.isWhitespace }.map { String(text[...$0]) } ?? ""
  }
}
