import FoundationEssentials
package import TCPModel

extension SettingsSnapshot {
  /// A snapshot as the command `snapshot` writes it.
  package init(decoding bytes: [UInt8], source: String) throws(SnapshotError) {
    let document = try SnapshotDocument(decoding: bytes)
    var readings: [SysctlKey: SysctlReading] = [:]
    readings.reserveCapacity(document.sysctls.count)
    for (name, value) in document.sysctls {
      let key = SysctlKey(name)
      readings[key] = SysctlReading(parsing: value.text, for: SysctlCatalog[key])
    }
    for (name, errno) in document.unreadable ?? [:] {
      readings[SysctlKey(name)] = .denied(errno.text)
    }
    self.init(
      source: source, kernel: try document.host.release, tickRate: try document.host.tickRate,
      namespace: document.host.netns?.text, readings: readings,
      capture: SettingsCapture(.snapshot))
  }
}

extension SnapshotDocument {
  /// Names and values in all. A host with 3,000 network devices has 700,000; what they are decoded into
  /// takes a hundred times the room of the shortest.
  private static let mostValues = 1_000_000

  init(decoding bytes: [UInt8]) throws(SnapshotError) {
    guard !Self.holdsMore(than: Self.mostValues, bytes) else {
      throw SnapshotError("more than \(Self.mostValues) names and values, which is the limit")
    }
    do {
      self = try JSONDecoder().decode(Self.self, from: Data(bytes))
    } catch let error as SnapshotError {
      throw error
    } catch let error as DecodingError {
      throw SnapshotError(error)
    } catch {
      throw SnapshotError("\(error)")
    }
  }

  /// Whether a JSON text has more names and values than that: each but the outermost stands behind a
  /// comma, a colon or a bracket.
  private static func holdsMore(than most: Int, _ bytes: [UInt8]) -> Bool {
    var (count, isInString, isEscaped) = (0, false, false)
    for byte in bytes {
      switch Unicode.Scalar(byte) {
      case _ where isEscaped: isEscaped = false
      case "\"": isInString.toggle()
      case "\\" where isInString: isEscaped = true
      case ",", ":", "[", "{": count += isInString ? 0 : 1
      default: break
      }
    }
    return count > most
  }
}

extension SnapshotDocument.Host {
  fileprivate var release: KernelVersion? {
    get throws(SnapshotError) {
      guard let text = kernel?.text else { return nil }
      guard let release = KernelVersion(text), release.isConceivable else {
        throw SnapshotError(at: ["host", "kernel"], "\(quoted(text)) is no release of Linux")
      }
      return release
    }
  }

  fileprivate var tickRate: TickRate? {
    get throws(SnapshotError) {
      guard let hz else { return nil }
      guard let hertz = Int(hz.text), let rate = TickRate(hertz: hertz) else {
        throw SnapshotError(
          at: ["host", "hz"], "\(quoted(hz.text)) stands where 1 to 10000 is needed")
      }
      return rate
    }
  }
}
