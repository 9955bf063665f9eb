import SysctlFiles

extension [BootWrite] {
  /// Returns the writes as they turn out for a key that holds this before: what TuneD is to write over
  /// less alone (`>N`), or over more alone (`<N`), is written or left out. Nothing is decided of values
  /// that nobody knows, or that are more than a number.
  ///
  /// Corresponds to `_process_assignment_modifiers` in plugins/base.py of TuneD.
  func decided(from held: String?, isTaken: (String) -> Bool) -> [BootWrite] {
    var held = held
    return compactMap { write in
      var write = write
      if let rule = write.rule, let now = held.flatMap({ Int($0) }),
        let bound = Int(rule.dropFirst())
      {
        guard rule.first == ">" ? bound > now : bound < now else { return nil }
        write = write.choosing("\(bound)")
      }
      if write.value.map(isTaken) ?? true { held = write.value }
      return write
    }
  }
}
