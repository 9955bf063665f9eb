extension Int {
  /// Returns the number with what is counted: `1 connection`, `5 connections`, `2 processes`.
  /// - Parameter plural: what the noun ends in where it is not one.
  func counted(_ noun: String, _ plural: String = "s") -> String {
    "\(self) \(noun)\(self == 1 ? "" : plural)"
  }
}
