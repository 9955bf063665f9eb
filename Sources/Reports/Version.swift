/// The tool's own version and its day, as they stand in what it emits.
package enum Tool {
  package static let name = "tcpadvisor"
  package static let version = "0.1.0"
  /// Of this version, in ISO 8601.
  package static let date = "2026-11-29"
}
