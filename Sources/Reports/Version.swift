/// The tool's own version, as it stands in what it emits.
package enum Tool {
  package static let name = "tcpadvisor"
  package static let version = "0.1.0"
}
