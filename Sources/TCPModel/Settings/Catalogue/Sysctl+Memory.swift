extension Sysctl {
  /// Returns the most that the kernel gives the last number of tcp_rmem or tcp_wmem by itself, in bytes,
  /// and how much memory must be free at boot for that; nil for other keys.
  ///
  /// Corresponds to `tcp_init`, which takes 1/128 of that memory at most; 32 MB for receiving came with
  /// Linux 6.16.
  package static func largestBuffer(of key: SysctlKey, in release: KernelVersion)
    -> (bytes: Int, memory: Int)?
  {
    let megabytes: Int
    switch key {
    case SysctlKey.tcpRmem: megabytes = release >= KernelVersion(6, 16) ? 32 : 6
    case SysctlKey.tcpWmem: megabytes = 4
    default: return nil
    }
    let bytes = megabytes << 20
    return (bytes, bytes * 128)
  }
}
