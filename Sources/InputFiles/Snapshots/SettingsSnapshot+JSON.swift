import FoundationEssentials
package import TCPModel

extension SettingsSnapshot {
  /// A snapshot as the command `snapshot` writes it.
  package init(decoding bytes: [UInt8], source: String) throws(SnapshotError) {
    let document = try SnapshotDocument(decoding: bytes)
    let sysctls = document.sysctls.map { name, value in
      let key = SysctlKey(name)
      return (key, SysctlReading(parsing: value.text, for: SysctlCatalog[key]))
    }
    let denied = (document.unreadable ?? [:]).map { name, errno in
      (SysctlKey(name), SysctlReading.denied(errno.text))
    }
    self.init(
      source: source, kernel: try document.host.release, tickRate: try document.host.tickRate,
      namespace: document.host.netns?.text, readings: Dictionary(sysctls + denied) { $1 },
      capture: SettingsCapture(.snapshot))
  }
}

extension SnapshotDocument {
  init(decoding bytes: [UInt8]) throws(SnapshotError) {
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
