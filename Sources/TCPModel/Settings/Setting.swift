/// A sysctl or a socket option: whatever can be given a value.
package enum Setting: Hashable, Sendable, CustomStringConvertible {
  case sysctl(SysctlKey)
  case option(SocketOption)

  package var description: String {
    switch self {
    case .sysctl(let key): key.description
    case .option(let option): option.name
    }
  }
}
