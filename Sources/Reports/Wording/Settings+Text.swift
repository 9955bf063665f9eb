package import TCPModel

extension SocketOptions {
  /// What a program is taken to set: `SO_KEEPALIVE, TCP_USER_TIMEOUT=30000`, or `none`.
  package var text: String {
    if isEmpty { return "none" }
    return sorted.map { option, value in
      option.unit == .flag && value == 1 ? option.name : "\(option.name)=\(value)"
    }.joined(separator: ", ")
  }
}

extension SysctlReading {
  /// The value as it is shown: what /proc prints, or why there is none.
  package var text: String {
    switch self {
    case .value, .text: printed ?? ""
    case .absent: "absent"
    case .denied(let errno): errno
    case .malformed(let text): "malformed (\(text))"
    }
  }
}

extension Sysctl.Unit {
  /// What stands behind a number.
  var suffix: String {
    switch self {
    case .seconds: " s"
    case .milliseconds: " ms"
    case .microseconds: " µs"
    case .count, .bytes, .pages, .flag, .mode, .entries, .ports, .name: ""
    }
  }
}
