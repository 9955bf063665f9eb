import Glibc

/// What `/proc` says of processes.
extension ProcFS {
  /// The processes there are, in no order.
  package func processes() throws(SystemCallError) -> [Int32] {
    var processes: [Int32] = []
    try entries("") { _, name in
      if let process = Int32(String(cString: name)) { processes.append(process) }
    }
    return processes
  }

  /// Returns whether a process is a thread of the kernel's own: kthreadd, process 2, and its children;
  /// true as well if it has ended.
  package func isKernelThread(_ process: Int32) -> Bool {
    do throws(SystemCallError) {
      let stat = try text("\(process)/stat", limit: 4096)
      guard let end = stat.lastIndex(of: ")") else { return true }
      let parent = stat[stat.index(after: end)...].split(separator: " ").dropFirst().first
      return process == 2 || parent == "2"
    } catch {
      return true
    }
  }

  /// Hands on the descriptors of a process that are sockets, with their inodes.
  /// - Throws: EACCES or EPERM where its descriptors may not be seen, ENOENT or ESRCH where it has
  ///   ended.
  package func sockets(
    of process: Int32, handing on: (_ descriptor: Int32, _ inode: UInt64) -> Void
  ) throws(SystemCallError) {
    try entries("\(process)/fd") { directory, name in
      guard let descriptor = Int32(String(cString: name)) else { return }
      // `socket:[…]`; whatever is longer than that is something else.
      withUnsafeTemporaryAllocation(of: CChar.self, capacity: 40) { target in
        guard let start = target.baseAddress else { return }
        let length = readlinkat(directory, name, start, target.count)
        if let inode = Self.inode(target.prefix(max(length, 0))) { on(descriptor, inode) }
      }
    }
  }

  /// Reads `socket:[123]`; nil for anything else.
  static func inode(_ target: some BidirectionalCollection<CChar>) -> UInt64? {
    let bytes = target.lazy.map { UInt8(bitPattern: $0) }
    guard bytes.starts(with: "socket:[".utf8), bytes.last == UInt8(ascii: "]"),
      bytes.count > 9
    else { return nil }
    return bytes.dropFirst(8).dropLast().reduce(0) { number, digit in
      guard let number, (0x30...0x39).contains(digit) else { return nil }
      return number &* 10 &+ UInt64(digit - 0x30)
    }
  }
}
