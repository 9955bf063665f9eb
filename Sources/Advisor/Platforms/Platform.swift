package import TCPModel

/// Something that sets sysctls where it runs programs: which it takes, and whose settings they become.
package struct Platform: Sendable {
  /// Whose settings they become.
  package enum Place: Sendable {
    /// The network namespace of a container, a task or a pod, which begins anew each time.
    case namespace
    /// The node itself; what runs there in a network namespace of its own has other ones.
    case node
    /// The node itself and the network namespaces of its pods.
    case nodeAndPods
  }

  /// How it takes a key of which it has a field of its own.
  package struct Field: Sendable {
    package enum Kind: Sendable {
      /// One number; nil is any.
      case number(ClosedRange<Int>?)
      /// Several numbers, each with its range.
      case numbers([ClosedRange<Int>])
      /// On or off.
      case flag
      /// As `/proc` has it.
      case text
    }

    /// As the platform spells it.
    package let name: String
    package let kind: Kind
  }

  /// Another way to get a key where this one does not bring it.
  package enum Detour: Sendable {
    /// The pod asks, and the kubelet is told to allow it, by the option of that name.
    case pod(kubelet: String)
    /// Something privileged on each node writes /proc/sys.
    case daemonSet
    /// The node's own settings.
    case node
  }

  /// As texts name it.
  package let name: String
  package let place: Place
  /// Nil: it takes every key that is there.
  package var fields: [SysctlKey: Field]?
  /// Keys that need no permission, each with the first release of the platform in which; nil where
  /// none needs one.
  package var permitted: [SysctlKey: Release]?
  /// How a key gets there that has no field.
  package var detours: [Detour] = []

  package func field(_ key: SysctlKey) -> Field? { fields?[key] }

  /// Whether somebody must permit a key first.
  package func needsPermission(_ key: SysctlKey) -> Bool {
    permitted.map { $0[key] == nil } ?? false
  }
}

extension Platform {
  /// A release of a platform, `1.29`.
  package struct Release: Hashable, Comparable, Sendable, CustomStringConvertible {
    private let major, minor: Int

    package init(_ major: Int, _ minor: Int) { (self.major, self.minor) = (major, minor) }

    package var description: String { "\(major).\(minor)" }

    package static func < (left: Self, right: Self) -> Bool {
      (left.major, left.minor) < (right.major, right.minor)
    }
  }
}

extension Platform.Field {
  /// What becomes of a value.
  enum Fit: Hashable { case taken, cut(SysctlValue), refused }

  /// A number outside its range is brought to the nearest that is inside.
  func fit(_ value: SysctlValue) -> Fit {
    switch kind {
    case .text, .number(nil): return .taken
    case .flag: return [0, 1].contains(value.number) ? .taken : .refused
    case .number(let range?): return fit(value, [range])
    case .numbers(let ranges): return fit(value, ranges)
    }
  }

  private func fit(_ value: SysctlValue, _ ranges: [ClosedRange<Int>]) -> Fit {
    let numbers = value.numbers
    guard numbers.count == ranges.count else { return .refused }
    let cut = zip(numbers, ranges).map { min(max($0, $1.lowerBound), $1.upperBound) }
    return cut == numbers ? .taken : .cut(SysctlValue(cut))
  }
}
