package import TCPModel

/// Something that is wrong with hosts in the same way.
package struct FleetCause: Sendable {
  /// A sysctl that would have to change on these hosts.
  package struct Setting: Hashable, Sendable {
    package let key: SysctlKey
    package let from: HostCapture.Value?
    package let to: SysctlValue
  }

  /// What of the hosts is concerned.
  package enum Part: Sendable {
    case host, nextBoot
    /// So many namespaces; whether their hosts meet what is missed in them.
    case namespaces(Int, isMetOutside: Bool)
    case connections(CapturedConnections.Kind, count: Int)

    package var aspect: FleetFinding.Aspect {
      switch self {
      case .host: .host
      case .nextBoot: .nextBoot
      case .namespaces: .namespace
      case .connections: .sockets
      }
    }
  }

  package let part: Part
  /// On the host that stands for all, with what helps there.
  package let finding: Finding
  package let settings: [Setting]
  package let hosts: HostTally

  /// Stable: that of its finding.
  package var id: String { FleetFinding(part.aspect, finding).id }
}

/// Hosts that are counted: how many, of which kernels, and a few by name.
package struct HostTally: Sendable {
  static let mostNamed = 3

  package private(set) var count = 0
  /// By series, such as `5.15`; empty is a release that nobody knows.
  package private(set) var kernels: [String: Int] = [:]
  /// The first few in the order of their names.
  package private(set) var examples: [String] = []

  mutating func add(_ name: String, _ kernel: String) {
    count += 1
    kernels[kernel, default: 0] += 1
    note(name)
  }

  mutating func add(_ other: HostTally) {
    count += other.count
    kernels.merge(other.kernels, uniquingKeysWith: +)
    for name in other.examples { note(name) }
  }

  private mutating func note(_ name: String) {
    if examples.count == Self.mostNamed, let last = examples.last, last <= name { return }
    let index = examples.firstIndex { name < $0 } ?? examples.count
    examples.insert(name, at: index)
    if examples.count > Self.mostNamed { examples.removeLast() }
  }
}
