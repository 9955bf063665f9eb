package import NetAddress

/// The settings of one host or network namespace at one time.
package struct SettingsSnapshot: Sendable {
  /// Where the settings came from, as the report names it: `/proc/sys`, a file, `standard input`.
  package var source: String
  /// nil if the capture does not say which kernel it was taken from.
  package var kernel: KernelVersion?
  /// nil if the tick cannot be known, as of a captured file.
  package var tickRate: TickRate?
  /// The network namespace, for example `net:[4026531840]`; nil if it cannot be known.
  package var namespace: String?
  package var readings: [SysctlKey: SysctlReading]
  /// The keys of which a capture says nothing, and which are taken to have their defaults.
  package var assumed: Set<SysctlKey> = []
  /// The device whose neighbour settings count, where somebody names one.
  package var namedDevice: String?
  /// The devices whose neighbour settings stand in the place of those that all begin with.
  package var decidingDevices: [AddressFamily: String] = [:]
  /// How the settings were read from a capture; nil for those of a host.
  package var capture: SettingsCapture?

  package init(
    source: String, kernel: KernelVersion?, tickRate: TickRate?, namespace: String? = nil,
    readings: [SysctlKey: SysctlReading], capture: SettingsCapture? = nil
  ) {
    (self.source, self.kernel, self.tickRate) = (source, kernel, tickRate)
    (self.namespace, self.readings, self.capture) = (namespace, readings, capture)
  }

  /// Where a capture names its kernel, as messages begin.
  package var releasePlace: String {
    capture?.release.map { "\(source):\($0.number):1" } ?? source
  }

  package subscript(key: SysctlKey) -> SysctlReading {
    get { readings[key] ?? .absent }
    set { readings[key] = newValue }
  }

  /// Returns whether its kernel has a socket option, by the release; taken for granted where that
  /// is not known.
  package func mayHave(_ option: SocketOptionInfo) -> Bool {
    kernel.map(option.exists) ?? true
  }
}
