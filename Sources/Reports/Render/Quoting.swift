/// Texts as other languages write them, whatever is in them.
extension String {
  /// Between double quotation marks, as JSON and YAML read it.
  var jsonQuoted: String { JSON.string(printableLine).text }

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

  /// Percent-encoded as a URI carries it, but for letters, digits, `-._~` (RFC 3986, 2.3) and what is
  /// kept besides.
  func percentEncoded(keeping kept: String = "") -> String {
    utf8.map { byte in
      let scalar = Unicode.Scalar(byte)
      let isPlain =
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
        || "-._~".unicodeScalars.contains(scalar) || kept.unicodeScalars.contains(scalar)
      return isPlain ? String(scalar) : "%" + scalar.hexDigits(2).uppercased()
    }.joined()
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
