import Reports
import Testing

struct CharsetTests {
  @Test(arguments: [
    ("C.UTF-8", Charset.utf8), ("en_GB.utf8", .utf8), ("de_DE.UTF8@euro", .utf8), ("UTF-8", .utf8),
    ("C", .ascii), ("POSIX", .ascii), ("en_GB", .ascii), ("de_DE@euro", .ascii),
    ("ru_RU.KOI8-R", .ascii), ("ja_JP.UTF-16", .ascii), ("", .ascii), (".", .ascii),
  ])
  func `charset: the name of a locale says its charset`(name: String, charset: Charset) {
    #expect(Charset(ofLocale: name) == charset)
  }

  @Test
  func `charset: ASCII has a likeness of what reports print, and a question mark for the rest`() {
    let text = "“a” → 133–136 s, ≥ 2 × 5 µs … −1 · 日 é"
    #expect(Charset.utf8.plain(text) == text)
    #expect(Charset.ascii.plain(text) == "\"a\" -> 133-136 s, >= 2 x 5 us ... -1 * ? ?")
    #expect(Charset.ascii.plain("\u{1B}[31mred\u{1B}[0m\n") == "\u{1B}[31mred\u{1B}[0m\n")
  }

  @Test(arguments: [
    ("plain é → 日\n\tx", "plain é → 日\n\tx"), ("\u{1b}[31m\r\n", "\\x1b[31m\\x0d\n"),
    ("a\0\u{7f}\u{9b}", "a\\x00\\x7f\\x9b"), ("\u{202e}b\u{2066}", "\\u202eb\\u2066"),
    ("a\u{200b}\u{feff}\u{ad}\u{fff9}", "a\\u200b\\ufeff\\xad\\ufff9"),
    ("\u{e0041}\u{10ffff}", "\\U000e0041\u{10ffff}"), ("e\u{301} ü ß", "e\u{301} ü ß"),
  ])
  func `charset: what steers a terminal is escaped`(text: String, printable: String) {
    #expect(text.printable == printable)
  }

  @Test(arguments: [
    ("a ::error file=x::y", "a \\x3a:error file=x::y"), ("::error::x", "\\x3a:error\\x3a:x"),
    ("##[group]", "#\\x23[group]"), ("x##vso[task]", "x#\\x23vso[task]"),
    ("::1 and ::dead", "::1 and ::dead"),
    ("[::ffff:127.0.0.1]:80", "[::ffff:127.0.0.1]:80"), ("std::error ## [x]", "std::error ## [x]"),
  ])
  func `charset: nothing in a log is a command to who runs the pipeline`(text: String, log: String)
  {
    #expect(text.withoutLogCommands == log)
  }

  @Test func `charset: what is to be one line stays one`() {
    #expect("a\nb\tc\r\n\u{2028}d".printableLine == "a\\x0ab\\x09c\\x0d\\x0a\\u2028d")
    #expect(
      Document(.paragraph("a\nb")).text(TextLayout(isColoured: false)) == "a\\x0ab\n")
  }

  @Test func `charset: tables are laid out after the characters are known`() {
    let layout = TextLayout(isColoured: false, charset: .ascii)
    #expect(
      Document(.table(Document.Table([["1 → 2", "a"], ["12345", "b"]]))).text(layout)
        == "  1 -> 2  a\n  12345   b\n")
    #expect(Document(.paragraph("a…")).text(layout) == "a...\n")
  }

  /// The width that is asked for, and that of the longest line.
  @Test(arguments: [(1, 40), (40, 40), (60, 60), (100, 100), (1000, 100)])
  func `charset: prose is neither too narrow nor too wide`(width: Int, longest: Int) {
    let words = String(repeating: "a ", count: 300)
    let text = Document(.paragraph(RichText(words))).text(
      TextLayout(isColoured: false, width: width))
    let lengths = text.split(separator: "\n").map(\.count)
    #expect((longest - 1...longest).contains(lengths.max() ?? 0))
  }
}
