// Connects as the emitted code says: use GROUP PORT.
import Glibc

@main struct Use {
  static func main() throws {
    guard let group = Connections.groups[CommandLine.arguments[1]],
      let port = UInt16(CommandLine.arguments[2])
    else { return }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    address.sin_port = port.bigEndian
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    do {
      let descriptor = try withUnsafePointer(to: &address) {
        try $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          try group.connect(to: $0, size: size)
        }
      }
      print("connected")
      fflush(nil)
      try group.awaitData(on: descriptor) { _ = "beat".withCString { write(descriptor, $0, 4) } }
      var bytes = [UInt8](repeating: 0, count: 16)
      print("read", read(descriptor, &bytes, 16))
    } catch let error as SocketError {
      print([ECONNREFUSED: "ECONNREFUSED", ETIMEDOUT: "ETIMEDOUT"][error.code] ?? "\(error.code)")
    }
  }
}
