package import NetAddress

extension RouteNetlink {
  /// Makes an entry, or makes the one of this address and link be like this.
  package mutating func set(_ neighbour: Neighbour) throws(SystemCallError) {
    try change(
      .newNeighbour, [.create, .replace], on: "\(neighbour.address) at link \(neighbour.link)",
      fixedPart: neighbour.message, neighbour.add)
  }

  /// Removes an entry; ENOENT where there is none.
  package mutating func removeNeighbour(_ address: IPAddress, at link: UInt32)
    throws(SystemCallError)
  {
    let neighbour = Neighbour(address, link: link, state: .none)
    try change(
      .deleteNeighbour, on: "\(address) at link \(link)", fixedPart: neighbour.message,
      neighbour.add)
  }

  /// Returns the entry of an address on a link; nil if there is none.
  package mutating func neighbour(_ address: IPAddress, at link: UInt32) throws(SystemCallError)
    -> Neighbour?
  {
    let message = Neighbour(address, link: link, state: .none).message
    var request = NetlinkRequest(.getNeighbour, fixedPart: message)
    Neighbour(address, link: link, state: .none).add(to: &request)
    var found: Neighbour?
    do throws(SystemCallError) {
      try socket.ask(request, on: "\(address) at link \(link)") { found = Neighbour($0) }
      return found
    } catch  where error.code == .noEntry {
      return nil
    } catch  where error.code == .notSupported {
      // Kernels before 5.0 give no single one (`neigh_get`).
      return try neighbourInDump(address, at: link)
    }
  }

  private mutating func neighbourInDump(_ address: IPAddress, at link: UInt32)
    throws(SystemCallError) -> Neighbour?
  {
    let message = Neighbour(address, link: link, state: .none).message
    let request = NetlinkRequest(.getNeighbour, .dump, fixedPart: message)
    for _ in 0..<8 {
      var found: Neighbour?
      let consistency = try socket.ask(request, on: "\(address) at link \(link)") {
        guard let entry = Neighbour($0), entry.address == address, entry.link == link else {
          return
        }
        found = entry
      }
      if found != nil || consistency == .whole { return found }
    }
    return nil
  }
}
