import TCPModel

extension Scenario {
  /// The scenarios that connections of a direction can meet with, as far as reports show them.
  static func reported(for direction: ConnectionGroup.Direction) -> [Scenario] {
    reported.filter { $0 != .connect || direction == .outbound }
  }

  /// What a report shows of every connection.
  private static let reported: [Scenario] = [.connect, .idle, .send]
}
