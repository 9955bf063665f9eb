import TCPModel

/// A complaint such as `sysctl: permission denied on key 'net.ipv4.tcp_fastopen_key'`,
/// `error: "Input/output error" reading key "net.ipv6.conf.all.stable_secret"` or
/// `sysctl: cannot stat /proc/sys/net/ipv4/tcp_rto_max_ms: No such file or directory`.
struct SysctlMessage {
  let key: SysctlKey?
  /// What it tells of the key; nil where that is nothing, as of a value that could not be set.
  let reading: SysctlReading?

  init(_ text: String) {
    let words = text.split { $0.isWhitespace || "'\"“”‘’`,".contains($0) }
      .map { $0.hasSuffix(":") ? $0.dropLast() : $0 }
    let root = "/proc/sys/"
    let path = words.first { $0.hasPrefix(root) }
    key =
      path.map { SysctlKey(path: String($0.dropFirst(root.count))) }
      ?? words.first { CapturedLine.isKey($0) }.map { SysctlKey(parsing: String($0)) }
    let isMissing = ["cannot stat", "unknown key", "No such file"].contains { text.contains($0) }
    if isMissing {
      reading = .absent
    } else if text.contains("ermission denied") {
      reading = .denied("EACCES")
    } else {
      reading = text.contains("reading key") ? .denied("EIO") : nil
    }
  }
}
