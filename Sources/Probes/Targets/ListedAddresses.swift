import Linux
import NetAddress

/// The addresses that stand in a list itself, one after the other, each with all its ports.
struct ListedAddresses {
  private let targets: TargetList
  private var cursor = TargetList.Cursor()
  /// The target that is being taken apart, its place, and how far.
  private var entry: TargetList.Entry?
  private var index = -1
  private var address: UInt64 = 0, port = 0, number = 0
  private(set) var isAtEnd = false

  init(_ targets: TargetList) { self.targets = targets }

  /// Nil at the end.
  mutating func next() -> AddressProbe? {
    while true {
      if entry == nil, !readNext() { return nil }
      guard let entry else { return nil }
      if let address = nextAddress(of: entry.target) {
        number += 1
        let origin = AddressProbe.Origin(text: entry.text, index: index, options: entry.options)
        return AddressProbe(address, of: origin, number: number)
      }
      self.entry = nil
    }
  }

  private mutating func readNext() -> Bool {
    // It was read once without a mistake.
    entry = try? targets.next(at: &cursor)
    isAtEnd = entry == nil
    (address, port, number) = (0, 0, 0)
    index += isAtEnd ? 0 : 1
    return !isAtEnd
  }

  private mutating func nextAddress(of target: ProbeTarget) -> Endpoint? {
    let ports = targets.ports(of: target)
    if port == ports.count { (address, port) = (address + 1, 0) }
    guard address < target.addresses else { return nil }
    defer { port += 1 }
    // Of a name `NameQueue` asks for them.
    return target.address(address, port: ports[port])
  }
}
