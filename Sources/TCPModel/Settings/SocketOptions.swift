/// The options a program sets on a socket; what is not here it leaves to the sysctls.
package struct SocketOptions: Hashable, Sendable {
  package var values: [SocketOption: Int]

  package init(_ values: [SocketOption: Int] = [:]) { self.values = values }

  package subscript(option: SocketOption) -> Int? {
    get { values[option] }
    set { values[option] = newValue }
  }

  package var isEmpty: Bool { values.isEmpty }

  /// The options in the order they are shown.
  package var sorted: [(option: SocketOption, value: Int)] {
    values.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// Returns those that decide what happens in a scenario.
  package func deciding(_ scenario: Scenario) -> SocketOptions {
    SocketOptions(values.filter { $0.key.decides(scenario) })
  }

  /// These options, with those of `other` on top.
  package func overridden(by other: SocketOptions) -> SocketOptions {
    SocketOptions(values.merging(other.values) { $1 })
  }
}
