package import Advisor
import FoundationEssentials
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
    let first = bytes.first { !$0.isBlank && ![0xEF, 0xBB, 0xBF].contains($0) }
    if first == UInt8(ascii: "{") { return try snapshot(bytes, source, name) }
    if let values = plain.values(in: bytes), values.contains(where: { $0 != nil }) {
      if keys.asksOfNeighbours, hasNoNeighbours(values) { return try text(bytes, source, name) }
      return HostCapture(
        source, name: values[hostnamePlace] ?? name, release: values[releasePlace],
        values.prefix(keys.keys.count).map { $0.map(HostCapture.Value.text) })
    }
    return try text(bytes, source, name)
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
    let snapshot = text.snapshot(source: source)
    let hostname = snapshot.readings[Self.hostname]?.printed
    return capture(of: snapshot, name: hostname ?? name, text.release?.text)
  }

  private static func reason(for refusal: CapturedText.Refusal) -> String {
    switch refusal {
    case .noSettings(let line, _): "line \(line): no key that begins with `net.` is here"
    case .tooManyGlobs(let line, let most):
      "line \(line): more than \(most) names with `*`, `?` or `[`, which is the limit"
    }
  }

  private func snapshot(_ bytes: [UInt8], _ source: String, _ name: String) throws(Failure)
    -> HostCapture
  {
    let document: SnapshotDocument
    do throws(SnapshotError) {
      document = try SnapshotDocument(decoding: Array(bytes[...].withoutByteOrderMark))
    } catch {
      throw Failure(message: error.description)
    }
    var values = [HostCapture.Value?](repeating: nil, count: keys.keys.count)
    var ofDevices: [SysctlKey: String] = [:]
    for (name, value) in document.sysctls {
      let key = SysctlKey(name)
      if let place = keys[key] {
        values[place] = .text(value.text)
      } else if keys.asksOfNeighbours, key.device != nil {
        ofDevices[key] = value.text
      }
    }
    for (name, errno) in document.unreadable ?? [:] {
      if let place = keys[SysctlKey(name)] { values[place] = .denied(errno.text) }
    }
    var atBoot: [Int: String] = [:]
    for (name, row) in document.boot ?? [:] {
      guard let place = keys[SysctlKey(name)], let value = row.value?.text else { continue }
      if values[place] != .text(value) { atBoot[place] = value }
    }
    return HostCapture(
      source, name: document.hostname?.text ?? name, release: document.host.kernel?.text,
      hertz: document.host.hz.flatMap { Int($0.text) }, values, atBoot: atBoot,
      ofDevices: ofDevices)
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
