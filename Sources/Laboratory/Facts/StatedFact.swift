import Observations
import TCPModel

/// A socket fact as a file states it, for whichever kernel.
struct StatedFact {
  let name: String
  /// The first release that it is known of; nil if that is earlier than 3.10.
  let since: KernelVersion?
  /// The steps with their results; what depends on the tick stands in braces.
  private let steps: [String]

  /// - Parameter place: where the statement stands, for errors.
  init(_ statement: String, at place: (file: String, line: Int)) throws(FactFileError) {
    func failure(_ reason: String) -> FactFileError {
      FactFileError(place.file, place.line, reason)
    }
    let halves = statement.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard halves.count == 2 else { throw failure("a fact is NAME = STEPS; there is no =") }
    let head = halves[0].split(separator: " ").map(String.init)
    switch head.count {
    case 1: since = nil
    case 3 where head[1] == "since":
      guard let release = KernelVersion(head[2]) else {
        throw failure("“\(head[2])” is no release of a kernel")
      }
      since = release
    default: throw failure("before = stands NAME or NAME since RELEASE")
    }
    name = head[0]
    steps = halves[1].split(separator: ",", omittingEmptySubsequences: false).map {
      $0.split(separator: " ").joined(separator: " ")
    }
    if let step = steps.first(where: { $0.isEmpty || $0.first == ":" || $0.last == ":" }) {
      throw failure(step.isEmpty ? "a step is empty" : "“\(step)” is half a step")
    }
    let unknown = FactNumbers(under: nil).filling(in: claim).firstMatch(of: /\{[^}]*\}?/)
    if let unknown { throw failure("\(unknown.output) is no number that depends on the kernel") }
  }

  private var claim: String { steps.joined(separator: ", ") }

  /// - Parameter rules: those of the running kernel; nil if it is not known.
  func fact(under rules: KernelRules?) -> SocketFact {
    let numbers = FactNumbers(under: rules)
    let claimed = numbers.filling(in: claim)
    let tickDoubt = claimed == claim ? nil : numbers.doubt
    return SocketFact(name, claimed, doubt: doubt(under: rules) ?? tickDoubt)
  }

  /// Returns why it may not hold on this kernel.
  private func doubt(under rules: KernelRules?) -> String? {
    guard let since else { return nil }
    guard let rules else { return "it is not known which kernel this is" }
    return rules.release < since ? "known from Linux \(since) on" : nil
  }
}
