extension SocketOptions {
  /// Returns those of the options that were read back from a socket which nobody can have left as they
  /// were: they differ from what stands in for an unset one.
  ///
  /// A program that sets just what the sysctl says cannot be told apart, but a change of the sysctl
  /// does not reach it.
  package func explicit(in snapshot: SettingsSnapshot) -> SocketOptions {
    SocketOptions(
      values.filter { option, value in
        switch option.info.unset {
        case .number(let number): value != number
        case .sysctl(let key): value != snapshot[key].number
        case .zeros: value != 0
        }
      })
  }
}
