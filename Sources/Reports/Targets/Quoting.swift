/// Texts as the languages of targets write them, whatever a profile puts into them.
extension String {
  /// Between double quotation marks, as JSON and YAML read it.
  var jsonQuoted: String {
    var text = "\""
    for scalar in printableLine.unicodeScalars {
      switch scalar {
      case "\"", "\\": text += "\\\(scalar)"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }

  /// Between single quotation marks, as Puppet and Ruby read it: nothing is interpolated there.
  var rubyQuoted: String {
    "'" + escaped(["\\", "'"], by: "\\") + "'"
  }

  /// Between double quotation marks, as Nix reads it: `${` would interpolate.
  var nixQuoted: String {
    "\"" + escaped(["\\", "\"", "$"], by: "\\") + "\""
  }

  /// Between single quotation marks, as a POSIX shell reads it.
  var shellQuoted: String {
    "'" + split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }

  /// Percent-encoded, as a `data:` URL carries it (RFC 3986, 2.3).
  var percentEncoded: String {
    let kept = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)
    let digits = Array("0123456789ABCDEF")
    return utf8.reduce(into: "") { text, byte in
      if kept.contains(byte) {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        text += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
      }
    }
  }

  /// Each line with blanks before it; lines without a text stay empty.
  func indented(by count: Int) -> String {
    let blanks = String(repeating: " ", count: count)
    return split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : blanks + $0 }.joined(separator: "\n")
  }

  private func escaped(_ characters: Set<Unicode.Scalar>, by mark: String) -> String {
    unicodeScalars.reduce(into: "") { text, scalar in
      if characters.contains(scalar) { text += mark }
      text.unicodeScalars.append(scalar)
    }
  }
}
