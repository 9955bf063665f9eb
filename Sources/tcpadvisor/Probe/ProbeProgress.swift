import Linux

/// One line on a terminal, written over again a few times a second.
struct ProbeProgress {
  private let isShown = StandardStream.error.isTerminal
  private var due = Clock.monotonic.now + .milliseconds(500)
  private var hasShown = false

  mutating func show(_ count: Int) {
    guard isShown else { return }
    let now = Clock.monotonic.now
    guard now >= due else { return }
    (due, hasShown) = (now + .milliseconds(250), true)
    write("\(count) done")
  }

  func wipe() {
    if hasShown { write("") }
  }

  private func write(_ text: String) {
    do throws(SystemCallError) { try StandardStream.error.write("\r\u{1B}[K\(text)") } catch {}
  }
}
