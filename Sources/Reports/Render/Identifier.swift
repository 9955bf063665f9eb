/// Names of programs and files made of any text.
extension String {
  /// Letters, digits and `_`.
  var identifier: String {
    String(map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
  }

  /// The same, and no digit first.
  var variableName: String {
    let name = identifier
    return name.first?.isNumber == true ? "_\(name)" : name
  }

  /// Letters, digits, `_` and `-`.
  var plainName: String {
    String(map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "_" })
  }
}

extension [String] {
  /// Returns the names with a number after each that cannot be told apart from one before it.
  /// - Parameter key: what names that cannot be told apart share.
  func numbered(by key: (String) -> String = { $0 }) -> [String] {
    var taken: Set<String> = []
    return map { name in
      var numbered = name
      var number = 2
      while !taken.insert(key(numbered)).inserted {
        numbered = "\(name)_\(number)"
        number += 1
      }
      return numbered
    }
  }
}
