/// Text as it leaves the program.
enum PlainText {
  /// Refuses what would steer a terminal, turn the direction of writing around, or break a line for some
  /// readers only. Of all controls a text may have line feeds and tabs.
  static func check(_ text: String, _ subject: @autoclosure () -> String) throws(FuzzFault) {
    guard let scalar = text.unicodeScalars.first(where: isControl) else { return }
    throw FuzzFault("\(subject()) holds U+\(String(scalar.value, radix: 16))")
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0a: false
    case 0x20..<0x7f: false
    case ..<0x20, 0x7f...0x9f: true
    case 0x2028, 0x2029, 0xfff9...0xfffb: true
    default: scalar.properties.isDefaultIgnorableCodePoint
    }
  }
}
