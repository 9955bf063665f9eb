import Linux
import NetAddress

extension ProbeTarget {
  /// Reads `1.2.3.4:80` at a tenth of the cost, for lists with tens of thousands of lines; nil for
  /// everything else, right or wrong.
  init?(plain text: String) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(4)
    var number = 0, digits = 0, isPort = false
    for character in text.utf8 {
      switch character {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        // No zero before other digits: some read that as octal.
        guard digits < 5, digits == 0 || number > 0 else { return nil }
        number = number * 10 + Int(character - UInt8(ascii: "0"))
        digits += 1
      case UInt8(ascii: "."), UInt8(ascii: ":"):
        isPort = character == UInt8(ascii: ":")
        guard digits > 0, number <= 255, bytes.count == 3 ? isPort : bytes.count < 3 && !isPort
        else { return nil }
        bytes.append(UInt8(number))
        (number, digits) = (0, 0)
      default: return nil
      }
    }
    guard isPort, digits > 0, 1...65_535 ~= number, let address = IPAddress(bytes) else {
      return nil
    }
    (host, port) = (.address(address, scope: 0), UInt16(number))
  }
}
