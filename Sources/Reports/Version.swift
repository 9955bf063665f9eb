/// The tool's own version, as it stands in what it emits.
package enum Tool {
  package static let name = "tcpadvisor"
  package static let version = "0.1.0"
  /// When that was released, as the pages of the manual say it.
  package static let released = "November 29, 2026"
}
