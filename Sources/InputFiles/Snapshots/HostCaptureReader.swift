package import Advisor
import FoundationEssentials
import NetAddress
import SysctlFiles
import TCPModel

/// Reads what was captured of hosts, as `snapshot` writes it or as `sysctl -a` prints it, for the keys
/// of a fleet alone.
package struct HostCaptureReader: Sendable {
  /// Why nothing can be made of a capture.
  package struct Failure: Error {
    package let message: String
  }

  private let keys: FleetKeys
  private let plain: PlainDump
  private let releasePlace, hostnamePlace: Int

  package init(_ keys: FleetKeys) {
    self.keys = keys
    let all = keys.keys + [Self.release, Self.hostname]
    plain = PlainDump(of: all)
    (releasePlace, hostnamePlace) = (all.count - 2, all.count - 1)
  }

  private static let release = SysctlKey("kernel.osrelease")
  private static let hostname = SysctlKey("kernel.hostname")

  /// - Parameters:
  ///   - source: the file, with the line of a stream.
  ///   - name: the host's, where the capture does not say it.
  package func capture(of bytes: [UInt8], _ source: String, called name: String) throws(Failure)
    -> HostCapture
  {
    let first = bytes[...].withoutByteOrderMark.first { !$0.isBlank }
    guard let first else { throw Failure(message: "empty") }
    if bytes.starts(with: [0x1F, 0x8B]) { throw Failure(message: "compressed: unpack it first") }
    if first == UInt8(ascii: "{") { return try snapshot(bytes, source, name) }
    if let values = plain.values(in: bytes), isOfNetwork(values) {
      if keys.asksOfNeighbours, hasNoNeighbours(values) { return try text(bytes, source, name) }
      return HostCapture(
        source, name: values[hostnamePlace]?.nonempty ?? name,
        release: values[releasePlace]?.nonempty,
        values.prefix(keys.keys.count).map { $0.map(HostCapture.Value.text) })
    }
    return try text(bytes, source, name)
  }

  private func isOfNetwork(_ values: [String?]) -> Bool {
    zip(keys.keys, values).contains { $1 != nil && $0.rawValue.hasPrefix("net.") }
  }

  /// Whether devices may have what all begin with elsewhere, as in containers.
  private func hasNoNeighbours(_ values: [String?]) -> Bool {
    Scenario.neighbourSysctls.contains { key in keys[key].map { values[$0] == nil } ?? false }
  }

  /// As people capture it, in whatever state it is.
  private func text(_ bytes: [UInt8], _ source: String, _ name: String) throws(Failure)
    -> HostCapture
  {
    let text: CapturedText
    do throws(CapturedText.Refusal) {
      text = try CapturedText(parsing: bytes)
    } catch {
      throw Failure(message: Self.reason(for: error))
    }
    if text.isOfSeveralHosts {
      throw Failure(message: "the settings of several hosts: a file for each is needed")
    }
    let snapshot = text.snapshot(source: source)
    let hostname = snapshot.readings[Self.hostname]?.printed
    return capture(of: snapshot, name: hostname?.nonempty ?? name, text.release?.text.nonempty)
  }

  private static func reason(for refusal: CapturedText.Refusal) -> String {
    switch refusal {
    case .noSettings(let line, _): "line \(line): no key that begins with `net.` is here"
    case .tooManyGlobs(let line, let most):
      "line \(line): more than \(most) names with `*`, `?` or `[`, which is the limit"
    case .tooManySettings(let line, let most):
      "line \(line): more than \(most) settings, which is the limit"
    }
  }

  private func snapshot(_ bytes: [UInt8], _ source: String, _ name: String) throws(Failure)
    -> HostCapture
  {
    let document: SnapshotDocument
    do throws(SnapshotError) {
      document = try SnapshotDocument(decoding: Array(bytes[...].withoutByteOrderMark))
    } catch {
      let isSeveral = bytes.indices.dropLast(2).contains {
        bytes[$0] == UInt8(ascii: "}") && bytes[$0 + 1] == UInt8(ascii: "\n")
          && bytes[$0 + 2] == UInt8(ascii: "{")
      }
      throw Failure(
        message: isSeveral
          ? "several objects: each has to stand on a line, as `snapshot --compact` writes it"
          : error.description)
    }
    var values = [HostCapture.Value?](repeating: nil, count: keys.keys.count)
    let ofDevices = sort(document.sysctls) { values[$0] = $1 }
    for (name, errno) in document.unreadable ?? [:] {
      if let place = keys[SysctlKey(name)] { values[place] = .denied(errno.text) }
    }
    var atBoot: [Int: String] = [:]
    for (name, row) in document.boot ?? [:] {
      guard let place = keys[SysctlKey(name)], let value = row.value?.text else { continue }
      if values[place] != .text(value) { atBoot[place] = value }
    }
    return HostCapture(
      source, name: document.hostname?.text.nonempty ?? name,
      release: document.host.kernel?.text.nonempty,
      hertz: document.host.hz.flatMap { Int($0.text) }, values, atBoot: atBoot,
      ofDevices: ofDevices, namespaces: document.namespaces?.compactMap(namespace) ?? [],
      closedNamespaces: document.namespaces?.count { $0.sysctls == nil } ?? 0,
      connections: try document.sockets?.map(connections) ?? [])
  }

  /// Hands on what decides, with its place.
  /// - Returns: settings of devices, where those decide.
  private func sort(
    _ sysctls: [String: SnapshotDocument.Value], placing: (Int, HostCapture.Value) -> Void
  ) -> [SysctlKey: String] {
    var ofDevices: [SysctlKey: String] = [:]
    for (name, value) in sysctls {
      let key = SysctlKey(name)
      if let place = keys[key] {
        placing(place, .text(value.text))
      } else if keys.asksOfNeighbours, key.device != nil {
        ofDevices[key] = value.text
      }
    }
    return ofDevices
  }

  /// Nil where it could not be entered.
  private func namespace(_ document: SnapshotDocument.Namespace) -> HostCapture.Namespace? {
    guard let sysctls = document.sysctls else { return nil }
    var values: [Int: HostCapture.Value] = [:]
    let ofDevices = sort(sysctls) { values[$0] = $1 }
    return HostCapture.Namespace(document.netns?.text, values, ofDevices: ofDevices)
  }

  private func connections(_ document: SnapshotDocument.SocketGroup) throws(Failure)
    -> CapturedConnections
  {
    guard let peer = CapturedConnections.Kind.Peer(rawValue: document.peer) else {
      throw Failure(
        message: "sockets, peer: \(quoted(document.peer)) is neither clients nor server")
    }
    let port = try number(document.port, called: "port", of: UInt16.self)
    let count = try number(document.sockets, called: "sockets", of: UInt32.self)
    let options = document.setByProgram.map { values in
      SocketOptions(
        Dictionary(
          uniqueKeysWithValues: SocketOption.all.compactMap { option in
            values[option.name].map { (option, $0) }
          }))
    }
    let kind = CapturedConnections.Kind(
      of: document.process?.text, with: peer, port: port, options: options,
      keepsAlive: document.keepalive, isLocal: document.bothEndsHere ?? false)
    return CapturedConnections(
      kind, address: document.address.flatMap { IPAddress($0.text) },
      count: Int(count), in: document.netns?.text)
  }

  private func number<Number: FixedWidthInteger>(
    _ value: Int, called name: String, of type: Number.Type
  ) throws(Failure) -> Number {
    if let number = Number(exactly: value) { return number }
    throw Failure(message: "sockets, \(name): \(value) stands where 0 to \(Number.max) is needed")
  }

  private func capture(of snapshot: SettingsSnapshot, name: String, _ release: String?)
    -> HostCapture
  {
    var ofDevices: [SysctlKey: String] = [:]
    if keys.asksOfNeighbours {
      for (key, reading) in snapshot.readings where key.device != nil {
        ofDevices[key] = reading.printed
      }
    }
    return HostCapture(
      snapshot.source, name: name, release: release,
      keys.keys.map { HostCapture.Value(snapshot.readings[$0]) }, ofDevices: ofDevices)
  }
}

extension String {
  fileprivate var nonempty: String? { isEmpty ? nil : self }
}
