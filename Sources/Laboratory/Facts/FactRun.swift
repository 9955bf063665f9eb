import Linux

/// One fact being played: its sockets, and the steps done so far with what came of them.
final class FactRun {
  let fact: LiveFact
  let scene: FactScene
  /// The option that the steps are about.
  var option: OptionRow?
  /// What sysctls were before the fact, by their paths.
  private var changed: [(path: String, value: String)] = []
  private let files = ProcFS(root: "/proc/sys")
  private var done: [String] = []

  init(_ fact: LiveFact) throws(SystemCallError) {
    self.fact = fact
    scene = try FactScene(seesPackets: fact.steps.contains { $0.looksAtPackets })
  }

  // A fact that failed half-way has changed them as well.
  deinit { for (path, value) in changed.reversed() { _ = try? files.write(value, to: path) } }

  /// What has been seen.
  var seen: String { done.joined(separator: ", ") }

  /// Goes on to the next wait.
  /// - Returns: what to wait for; nil when the fact is played.
  func go() throws(SystemCallError) -> EpollEvents? {
    while done.count < fact.steps.count {
      let step = fact.steps[done.count]
      let result = try perform(step.call)
      done.append(result.map { "\(step.text): \($0)" } ?? step.text)
      // An established socket is always writable: only its end is of interest.
      if case .wait(let forEnd) = step.call { return forEnd ? [] : .output }
    }
    return nil
  }

  /// Sets it in this sandbox for as long as the fact is played.
  func setSysctl(_ key: String, to value: String) throws(SystemCallError) {
    let path = String(key.map { $0 == "." ? "/" : $0 })
    changed.append((path, try files.text(path)))
    try files.write(value, to: path)
  }
}

extension FactStep {
  fileprivate var looksAtPackets: Bool {
    switch call {
    case .icmp, .resets: true
    default: false
    }
  }
}
