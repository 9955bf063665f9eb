/// The addresses that begin with the same bits, for example `10.1.0.0/16`.
package struct IPPrefix: Equatable, Sendable, CustomStringConvertible {
  package let address: IPAddress
  package let length: UInt8

  package init(_ address: IPAddress, length: UInt8) {
    precondition(Int(length) <= address.bytes.count * 8, "/\(length) of \(address)")
    (self.address, self.length) = (address, length)
  }

  /// Just this address.
  package init(_ address: IPAddress) {
    self.init(address, length: UInt8(address.bytes.count * 8))
  }

  package var description: String { "\(address)/\(length)" }
}
