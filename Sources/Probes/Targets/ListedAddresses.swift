import Linux

/// The addresses that stand in a list itself, one after the other, each with all its ports.
struct ListedAddresses {
  private let targets: TargetList
  private var cursor = TargetList.Cursor()
  /// The target that is being taken apart, its place, and how far.
  private var entry: TargetList.Entry?
  private var place = -1
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
        let origin = AddressProbe.Origin(text: entry.text, place: place, options: entry.options)
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
    place += isAtEnd ? 0 : 1
    return !isAtEnd
  }

  private mutating func nextAddress(of target: ProbeTarget) -> SocketAddress? {
    let ports = targets.ports(of: target)
    if port == ports.count { (address, port) = (address + 1, 0) }
    guard address < target.addresses else { return nil }
    defer { port += 1 }
    switch target.host {
    case .address(let only, let scope):
      return SocketAddress(only, port: ports[port], scope: scope)
    case .block(let block): return SocketAddress(block.address(at: address), port: ports[port])
    // Asked for by `ListedNames`.
    case .name: return nil
    }
  }
}
