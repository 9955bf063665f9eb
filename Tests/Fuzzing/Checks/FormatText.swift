import Reports

/// A text in one of the formats that reports have, as it is printed.
enum FormatText {
  /// Refuses what its readers would not understand, and what would steer a terminal.
  static func check(_ raw: String, as format: String) throws(FuzzFault) {
    // Texts for terminals are printed as they are, all others pass through here.
    let text = format == "text" ? raw : raw.printable
    try PlainText.check(text, "the format \(format)")
    switch format {
    case "json", "sarif", "gitlab": try JSONText.check(text, format)
    case "jsonl":
      for line in text.split(separator: "\n") { try JSONText.check(String(line), format) }
    case "junit", "checkstyle": try Markup(text).check { _ throws(FuzzFault) in }
    default: break
    }
  }
}
