import Linux

/// Names resolved side by side by child processes: the system's resolver blocks, and threads of its
/// own would keep this process out of user namespaces.
final class Resolver {
  struct Answer {
    let name: String
    let question: Int
    let addresses: [SocketAddress]
    /// Why there are none.
    let objection: String?
    let time: Duration
  }

  private final class Worker {
    private var child: ChildProcess
    let questions, answers: Descriptor
    var lines: [UInt8] = []
    var asked: (name: String, question: Int, at: Duration)?

    init(running command: [String]) throws(SystemCallError) {
      let questions = try Descriptor.pipe()
      let answers = try Descriptor.pipe()
      let child = try ChildProcess(
        running: command, input: questions.readEnd, output: answers.writeEnd)
      self.child = child
      self.questions = questions.takeWriteEnd()
      self.answers = answers.takeReadEnd()
    }

    /// Why it answers no more.
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

  /// Asks for a name; not when it is full.
  func ask(_ name: String, _ question: Int, in probe: ConnectProbe) throws(SystemCallError) {
    let worker = try idleWorker(in: probe)
    worker.asked = (name, question, Clock.monotonic.now)
    try Transfer.writeAll("\(name)\n".utf8, to: worker.questions.number, "a resolver")
  }

  private func idleWorker(in probe: ConnectProbe) throws(SystemCallError) -> Worker {
    if let idle = workers.first(where: { $0.asked == nil }) { return idle }
    let new = try Worker(running: command)
    try probe.watch(new.answers.number)
    workers.append(new)
    return new
  }

  func owns(_ number: CInt) -> Bool { workers.contains { $0.answers.number == number } }

  /// Takes what a worker says; nil when that is not a whole line yet, or no worker.
  func readable(_ number: CInt) throws(SystemCallError) -> Answer? {
    guard let place = workers.firstIndex(where: { $0.answers.number == number }) else { return nil }
    let worker = workers[place]
    let bytes = try Transfer.readSome(number, "a resolver", atMost: 65_536)
    worker.lines += bytes
    guard bytes.isEmpty || worker.lines.last == UInt8(ascii: "\n") else { return nil }
    let text = String(decoding: worker.lines.dropLast(), as: UTF8.self)
    worker.lines = []
    // It has died; another one will take the next name.
    if bytes.isEmpty { workers.remove(at: place) }
    guard let asked = worker.asked else { return nil }
    worker.asked = nil
    return Self.answer(
      asked.name, asked.question, bytes.isEmpty ? "!\(try worker.end())" : text,
      after: Clock.monotonic.now - asked.at)
  }

  private static func answer(
    _ name: String, _ question: Int, _ line: String, after time: Duration
  ) -> Answer {
    if line.hasPrefix("!") {
      return Answer(
        name: name, question: question, addresses: [], objection: String(line.dropFirst()),
        time: time)
    }
    let addresses = line.split(separator: " ").compactMap { word -> SocketAddress? in
      let parts = word.split(separator: "%")
      guard parts.count == 2, let address = IPAddress(String(parts[0])),
        let scope = UInt32(parts[1])
      else { return nil }
      return SocketAddress(address, port: 0, scope: scope)
    }
    return Answer(
      name: name, question: question, addresses: addresses,
      objection: addresses.isEmpty ? "no address" : nil, time: time)
  }
}
