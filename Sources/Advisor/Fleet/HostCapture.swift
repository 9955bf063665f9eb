package import TCPModel

/// What was captured of one host of many, as far as a fleet is looked at.
package struct HostCapture: Sendable {
  /// What a capture says of a key; one of which it says nothing has none.
  package enum Value: Hashable, Sendable {
    /// As it was printed, blanks between words as one.
    case text(String)
    /// It could not be read, with the errno's name.
    case denied(String)
    /// The kernel does not have it.
    case missing
  }

  /// The file; of a stream with the line behind a colon.
  package let source: String
  /// The host's own name, or that of its file.
  package private(set) var name: String
  /// As the kernel prints it; nil if the capture does not say.
  package private(set) var release: String?
  /// Ticks per second; nil if the capture does not say.
  package let hertz: Int?
  /// By the places of `FleetKeys`.
  package let values: [Value?]
  /// What the next boot gives, where that is known and another value.
  package let valuesAtBoot: [Int: String]
  /// Settings of devices, where those decide.
  package let ofDevices: [SysctlKey: String]

  /// Network namespaces beside the host's own.
  package private(set) var namespaces: [Namespace]
  /// How many more of them could not be entered.
  package private(set) var closedNamespaces: Int
  /// Of all namespaces; empty where sockets were not captured.
  package private(set) var connections: [CapturedConnections]

  package init(
    _ source: String, name: String, release: String?, hertz: Int? = nil, _ values: [Value?],
    atBoot valuesAtBoot: [Int: String] = [:], ofDevices: [SysctlKey: String] = [:],
    namespaces: [Namespace] = [], closedNamespaces: Int = 0,
    connections: [CapturedConnections] = []
  ) {
    (self.source, self.name, self.release, self.hertz) = (source, name, release, hertz)
    (self.values, self.valuesAtBoot, self.ofDevices) = (values, valuesAtBoot, ofDevices)
    (self.namespaces, self.closedNamespaces) = (namespaces, closedNamespaces)
    self.connections = connections
  }

  /// A network namespace, by what it has otherwise than the host.
  package struct Namespace: Sendable {
    /// Nil if the capture does not say.
    package let id: String?
    let values: [Int: Value]
    let ofDevices: [SysctlKey: String]

    package init(
      _ id: String?, _ values: [Int: Value], ofDevices: [SysctlKey: String] = [:]
    ) {
      (self.id, self.values, self.ofDevices) = (id, values, ofDevices)
    }
  }
}

extension HostCapture {
  /// The same with a kernel, where the capture names none.
  package func assuming(_ release: String) -> HostCapture {
    var capture = self
    capture.release = self.release ?? release
    return capture
  }

  /// The same without what is not to be judged.
  package func without(namespaces: Bool, connections: Bool) -> HostCapture {
    var capture = self
    if namespaces {
      capture.connections.removeAll { connections in
        self.namespaces.contains { $0.id != nil && $0.id == connections.namespace }
      }
      (capture.namespaces, capture.closedNamespaces) = ([], 0)
    }
    if connections { capture.connections = [] }
    return capture
  }

  /// The same under another name.
  package func named(_ name: String) -> HostCapture {
    var capture = self
    capture.name = name
    return capture
  }
}

extension HostCapture.Value {
  /// - Parameter reading: nil is nothing.
  package init?(_ reading: SysctlReading?) {
    switch reading {
    case .value(let value): self = .text(value.printed)
    case .malformed(let text): self = .text(text)
    case .denied(let errno): self = .denied(errno)
    case .absent: self = .missing
    case nil: return nil
    }
  }

  /// As reports show it.
  package var shown: String {
    switch self {
    case .text(let text): text
    case .denied(let errno): "not readable (\(errno))"
    case .missing: "not there"
    }
  }

  func reading(of key: SysctlKey) -> SysctlReading {
    switch self {
    case .text(let text): SysctlReading(parsing: text, for: SysctlCatalog.definition(of: key))
    case .denied(let errno): .denied(errno)
    case .missing: .absent
    }
  }
}
