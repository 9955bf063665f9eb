import Linux
import NetAddress
import Observations
import TCPModel

/// The names of a list on their way to addresses, asked for ahead of their turn.
final class NameQueue {
  /// What became of a name.
  struct Answer {
    /// With the time that it took.
    let origin: AddressProbe.Origin
    /// With all ports of the target; none where there is an objection.
    let addresses: [[Endpoint]]
    /// Why there is no address; nil if there is one.
    let objection: String?
    var isInterrupted = false

    /// The row of a name without an address; nil if it has one.
    var unresolved: ProbedAddress? {
      guard let objection else { return nil }
      var result = ConnectResult(.unresolved(because: objection), after: .zero)
      result.isInterrupted = isInterrupted
      return ProbedAddress(
        target: origin.text, index: origin.index, endpoint: nil, rounds: [result],
        resolution: origin.resolution)
    }
  }

  private let targets: TargetList
  private let patience: Duration
  private let resolver: Resolver
  /// How many have been asked for.
  private var begun = 0
  /// Those under way, by their places.
  private var underWay: [Int: TargetList.Entry] = [:]

  /// - Parameter patience: when an answer is not waited for any longer.
  init(of targets: TargetList, _ resolver: Resolver, patience: Duration) {
    (self.targets, self.resolver, self.patience) = (targets, resolver, patience)
  }

  /// Whether all have their answers.
  var isAtEnd: Bool { begun == targets.names.count && underWay.isEmpty }
  /// When to look again though nothing can be read; nil if not at all.
  var due: Duration? { resolver.due(after: patience) }

  func owns(_ number: CInt) -> Bool { resolver.owns(number) }

  /// Asks for as many as are resolved at once.
  /// - Returns: what is known without an answer: some took too long, or cannot be asked for.
  func ask(in probe: ConnectEngine) throws(SystemCallError) -> [Answer] {
    var answers: [Answer] = []
    if let late = try resolver.giveUp(after: patience, in: probe) {
      answers += [answer(late)].compactMap { $0 }
    }
    while begun < targets.names.count, !resolver.isFull {
      var (cursor, index) = targets.names[begun]
      guard let entry = try? targets.next(at: &cursor), case .name(let name) = entry.target.host
      else { preconditionFailure("a list that was read once without a mistake") }
      do throws(SystemCallError) {
        try resolver.ask(name, index, in: probe)
        underWay[index] = entry
      } catch  where resolver.isBusy || probe.count > 0 {
        // No resolver can be started: when something has ended, one may, or one is idle.
        return answers
      } catch {
        answers.append(Self.answer(entry, index, after: .zero, "no resolver: \(error)"))
      }
      begun += 1
    }
    return answers
  }

  /// Takes what a resolver says; nil if that is no answer yet.
  func readable(_ number: CInt, in probe: ConnectEngine) throws(SystemCallError) -> Answer? {
    try resolver.readable(number, in: probe).flatMap(answer)
  }

  /// Returns what there is to tell of those under way, none of which is waited for any longer.
  func breakOff() -> [Answer] {
    resolver.pending.compactMap { index, time in
      underWay.removeValue(forKey: index).map {
        var answer = Self.answer($0, index, after: time, "no answer yet")
        answer.isInterrupted = true
        return answer
      }
    }
  }

  private func answer(_ answer: Resolver.Answer) -> Answer? {
    guard let entry = underWay.removeValue(forKey: answer.question) else { return nil }
    let addresses = targets.ports(of: entry.target).map { port in
      answer.addresses.map { Endpoint($0.address, port: port, scope: $0.scope) }
    }
    return Self.answer(entry, answer.question, after: answer.time, answer.objection, addresses)
  }

  private static func answer(
    _ entry: TargetList.Entry, _ index: Int, after time: Duration, _ objection: String?,
    _ addresses: [[Endpoint]] = []
  ) -> Answer {
    let origin = AddressProbe.Origin(
      text: entry.text, index: index, options: entry.options, resolution: time)
    return Answer(
      origin: origin, addresses: objection == nil ? addresses : [], objection: objection)
  }
}
