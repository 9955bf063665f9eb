import SysctlFiles
import TCPModel

extension SettingsSnapshot {
  /// Returns the writes to a key as they turn out: what TuneD is to write over less alone (`>N`), or over
  /// more alone (`<N`), is written or left out. Nothing is decided of values that nobody knows, or that
  /// are more than a number.
  ///
  /// Corresponds to `_process_assignment_modifiers` in plugins/base.py of TuneD.
  ///
  /// - Parameter held: what the key holds before.
  func decided(_ writes: [BootWrite], on key: SysctlKey, from held: String?) -> [BootWrite] {
    var held = held
    return writes.compactMap { write in
      var write = write
      if let rule = write.rule, let now = held.flatMap({ Int($0) }),
        let bound = Int(rule.dropFirst())
      {
        guard rule.first == ">" ? bound > now : bound < now else { return nil }
        write = write.choosing("\(bound)")
      }
      if write.value.map({ WrittenValue($0, to: key, on: self) != .refused }) ?? true {
        held = write.value
      }
      return write
    }
  }
}
