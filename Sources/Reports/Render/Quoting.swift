/// Texts as other languages write them, whatever is in them.
extension String {
  /// Between double quotation marks, as JSON, YAML and TOML read it.
  var jsonQuoted: String { JSON.string(printableLine).text }

  /// Between double quotation marks, as HCL reads it: `${` and `%{` would begin a template.
  var hclQuoted: String {
    ["$", "%"].reduce(jsonQuoted) { text, mark in
      text.replacingEach("\(mark){", with: "\(mark)\(mark){")
    }
  }

  /// Between double quotation marks, as Compose reads it: a `$` would name a variable.
  var composeQuoted: String { jsonQuoted.replacingScalars(["$": "$$"]) }

  /// Between single quotation marks, as Puppet and Ruby read it: nothing is interpolated there.
  var rubyQuoted: String {
    "'" + replacingScalars(["\\": "\\\\", "'": "\\'"]) + "'"
  }

  /// Between double quotation marks, as Nix reads it: `${` would interpolate.
  var nixQuoted: String {
    "\"" + replacingScalars(["\\": "\\\\", "\"": "\\\"", "$": "\\$"]) + "\""
  }

  /// Between single quotation marks, as a POSIX shell reads it.
  var shellQuoted: String { "'" + replacingScalars(["'": "'\\''"]) + "'" }

  /// As a label of DNS, which names objects of Kubernetes (RFC 1123): small letters, digits, `-`.
  var dnsLabel: String {
    let label = String(
      lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }.prefix(63))
    return String(label.reversed().drop { $0 == "-" }.reversed())
  }

  /// Percent-encoded as a URI carries it, but for letters, digits, `-._~` (RFC 3986, 2.3) and what is
  /// kept besides.
  func percentEncoded(keeping kept: String = "") -> String {
    utf8.map { byte in
      let scalar = Unicode.Scalar(byte)
      let isPlain =
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
        || "-._~".unicodeScalars.contains(scalar) || kept.unicodeScalars.contains(scalar)
      return isPlain ? String(scalar) : "%" + byte.hexDigits(2).uppercased()
    }.joined()
  }

  /// Each line with blanks before it; lines without a text stay empty.
  func indented(by count: Int) -> String {
    let blanks = String(repeating: " ", count: count)
    return split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : blanks + $0 }.joined(separator: "\n")
  }
}
