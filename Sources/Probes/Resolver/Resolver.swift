import Linux
import NetAddress

/// Names resolved side by side by child processes: the system's resolver blocks, and threads of its
/// own would keep this process out of user namespaces.
final class Resolver {
  struct Answer {
    let question: Int
    let addresses: [Endpoint]
    /// Why there are none.
    let objection: String?
    let time: Duration
  }

  private struct Question {
    let name: String
    let number: Int
    let start: Duration
    /// Asked again after a resolver has died.
    var isRepeated = false
  }

  private final class Worker {
    private var child: ChildProcess
    let questions, answers: Descriptor
    var lines: [UInt8] = []
    var asked: Question?

    init(running command: [String]) throws(SystemCallError) {
      let questions = try Descriptor.pipe()
      let answers = try Descriptor.pipe()
      let child = try ChildProcess(
        running: command, input: questions.readEnd, output: answers.writeEnd)
      self.child = child
      self.questions = questions.takeWriteEnd()
      self.answers = answers.takeReadEnd()
    }

    /// Waits until the child has ended, and returns why it answers no more.
    func end() throws(SystemCallError) -> String {
      "the resolver has died (exit status \(try child.wait()))"
    }
  }

  /// Starts a program that runs `ResolverChild`.
  private let command: [String]
  private let limit: Int
  private var workers: [Worker] = []

  init(running command: [String], atOnce limit: Int) {
    (self.command, self.limit) = (command, limit)
  }

  var isBusy: Bool { workers.contains { $0.asked != nil } }
  var isFull: Bool { workers.count >= limit && workers.allSatisfy { $0.asked != nil } }

  /// What has no answer yet, and for how long.
  var pending: [(question: Int, time: Duration)] {
    let now = KernelClock.monotonic.now
    return workers.compactMap { $0.asked.map { ($0.number, now - $0.start) } }
  }

  /// Asks for a name; not when it is full.
  /// - Parameter question: comes back with the answer.
  func ask(_ name: String, _ question: Int, in probe: ConnectEngine) throws(SystemCallError) {
    try ask(Question(name: name, number: question, start: KernelClock.monotonic.now), in: probe)
  }

  private func ask(_ question: Question, in probe: ConnectEngine) throws(SystemCallError) {
    let worker = try idleWorker(in: probe)
    worker.asked = question
    do throws(SystemCallError) {
      // That a worker has gone shows on its other pipe.
      try DescriptorIO.writeAll(
        "\(question.name)\n".utf8, to: worker.questions.number, "a resolver")
    } catch {
      // It has not heard the question, and would never answer.
      workers.removeAll { $0 === worker }
      try probe.unwatch(worker.answers.number)
      throw error
    }
  }

  private func idleWorker(in probe: ConnectEngine) throws(SystemCallError) -> Worker {
    if let idle = workers.first(where: { $0.asked == nil }) { return idle }
    let new = try Worker(running: command)
    try probe.watch(new.answers.number)
    workers.append(new)
    return new
  }

  func owns(_ number: CInt) -> Bool { workers.contains { $0.answers.number == number } }

  /// Takes what a worker says; nil if that is no answer, or none yet.
  func readable(_ number: CInt, in probe: ConnectEngine) throws(SystemCallError) -> Answer? {
    guard let index = workers.firstIndex(where: { $0.answers.number == number }) else { return nil }
    let worker = workers[index]
    let bytes = try DescriptorIO.readSome(number, "a resolver", atMost: 65_536)
    guard !bytes.isEmpty else { return try died(at: index, in: probe) }
    worker.lines += bytes
    guard worker.lines.last == UInt8(ascii: "\n"), let question = worker.asked else { return nil }
    let text = String(decoding: worker.lines.dropLast(), as: UTF8.self)
    (worker.lines, worker.asked) = ([], nil)
    return Self.answer(to: question, text)
  }

  /// Another worker gets the question; the second time it is the name that kills.
  private func died(at index: Int, in probe: ConnectEngine) throws(SystemCallError) -> Answer? {
    let worker = workers.remove(at: index)
    try probe.unwatch(worker.answers.number)
    guard var question = worker.asked else { return nil }
    let reason = try worker.end()
    guard !question.isRepeated else { return Self.answer(to: question, "!\(reason)") }
    question.isRepeated = true
    do throws(SystemCallError) {
      try ask(question, in: probe)
      return nil
    } catch {
      return Self.answer(to: question, "!\(reason), and there is no other: \(error)")
    }
  }

  /// Returns when the oldest question will have waited so long; nil if there is none.
  func due(after patience: Duration) -> Duration? {
    workers.compactMap { $0.asked?.start }.min().map { $0 + patience }
  }

  /// Ends a worker that has been asked so long ago; the answer is that there is none.
  func giveUp(after patience: Duration, in probe: ConnectEngine) throws(SystemCallError) -> Answer?
  {
    guard let due = due(after: patience), due <= KernelClock.monotonic.now,
      let index = workers.firstIndex(where: { $0.asked.map { $0.start + patience } == due })
    else { return nil }
    let worker = workers.remove(at: index)
    try probe.unwatch(worker.answers.number)
    guard let question = worker.asked else { return nil }
    return Self.answer(to: question, "!no answer")
  }

  private static func answer(to question: Question, _ line: String) -> Answer {
    let time = KernelClock.monotonic.now - question.start
    if line.hasPrefix("!") {
      return Answer(
        question: question.number, addresses: [], objection: String(line.dropFirst()), time: time)
    }
    let addresses = line.split(separator: " ").compactMap { word -> Endpoint? in
      let parts = word.split(separator: "%")
      guard parts.count == 2, let address = IPAddress(String(parts[0])),
        let scope = UInt32(parts[1])
      else { return nil }
      return Endpoint(address, port: 0, scope: scope)
    }
    return Answer(
      question: question.number, addresses: addresses,
      objection: addresses.isEmpty ? "no address" : nil, time: time)
  }
}
