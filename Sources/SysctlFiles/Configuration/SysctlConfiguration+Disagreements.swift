package import TCPModel

/// A key that two loaders set to different values, or that only one of them sets.
package struct SysctlDisagreement: Hashable, Sendable {
  package let key: SysctlKey
  /// What holds under each; nil if the loader leaves the key as it is.
  package let first, second: SysctlEntry?
}

extension SysctlConfiguration {
  /// Returns where two loaders do not agree, sorted by key.
  ///
  /// - Parameter keys: what the host has. Keys that the files assign by name are looked at in any case.
  package func disagreements(
    between first: SysctlLoader = .systemd, and second: SysctlLoader = .procps4,
    among keys: some Sequence<SysctlKey> = EmptyCollection()
  ) -> [SysctlDisagreement] {
    let (first, second) = (load(by: first), load(by: second))
    return Set(keys).union(first.keys).union(second.keys).sorted().compactMap { key in
      let (left, right) = (first.winner(for: key), second.winner(for: key))
      // The kernel takes any blanks between numbers.
      guard left?.value?.words != right?.value?.words else { return nil }
      return SysctlDisagreement(key: key, first: left, second: right)
    }
  }
}

extension String {
  /// What stands between blanks.
  fileprivate var words: [Substring] { split { $0 == " " || $0 == "\t" } }
}
