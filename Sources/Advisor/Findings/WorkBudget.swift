/// How much may be done for an answer: work is counted, in events simulated, and never timed, so
/// that one input has one answer on every machine.
final class WorkBudget {
  /// There is an end of what may be done, and something is not known yet.
  struct UsedUp: Error {}

  /// What is said of what was left out.
  static let excuse = "not searched within the budget: \(remedy)"

  /// What uses it up, and what helps.
  static let remedy =
    "too many connection groups that differ, or too wide paths; fewer groups at once or a narrower"
    + " rtt help"

  /// To ask what is known already.
  static let lookUp = 250
  /// To read a group, to put its plan together and to report it.
  static let group = 8000
  /// To keep one event of a timeline, whose memory counts as time.
  static let storedEvent = 40

  private let most: Int
  private(set) var spent: Int

  /// - Parameter spent: what was done already for the same answer.
  init(_ most: Int, spent: Int = 0) { (self.most, self.spent) = (most, spent) }

  /// Counts what was done.
  func note(_ work: Int) { spent += work }

  /// - Throws: once more was done than may be.
  func check() throws(UsedUp) {
    if spent > most { throw UsedUp() }
  }

  /// Counts what is to be done.
  func spend(_ work: Int) throws(UsedUp) {
    note(work)
    try check()
  }
}
