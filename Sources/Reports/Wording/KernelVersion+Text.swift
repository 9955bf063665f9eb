import TCPModel

extension KernelVersion {
  /// `8.0 (modelled as 7.3, the newest verified)`; the release alone where it was verified.
  var modelledText: String {
    KernelRules.standIn(for: self).map { "\(self) (modelled as \($0), the newest verified)" }
      ?? description
  }

  /// What a text that names the release without more has to add; nil where that is nothing.
  var standInNote: String? {
    KernelRules.standIn(for: self).map {
      "Linux \(self) is modelled as \($0), the newest release that was verified"
    }
  }
}

extension SettingsSnapshot {
  /// `Linux 6.18`; a release that has not been verified is marked as such.
  var kernelName: String { kernel.map { "Linux \($0.modelledText)" } ?? "unknown kernel" }

  /// What a report says of the kernel that has no heading which names it.
  var kernelNotes: [RichText] { (kernel?.standInNote).map { [RichText($0)] } ?? [] }
}
