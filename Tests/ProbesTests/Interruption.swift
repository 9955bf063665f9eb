import Glibc
import Synchronization
import Testing

/// Signals for the thread that makes it, every 300 µs; their handler does nothing, and no call that
/// they cut short is made again by the kernel.
final class Interruption {
  private static let count = Atomic(0)

  private final class Target: Sendable {
    let thread = pthread_self()
    let isOver = Atomic(false)
  }

  private let target = Target()
  private var sender = pthread_t()
  private var mask = sigset_t()

  init() throws {
    Self.count.store(0, ordering: .relaxed)
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in
      Interruption.count.add(1, ordering: .relaxed)
    }
    try #require(sigaction(SIGUSR1, &action, nil) == 0)
    // Threads of the test library let no signals in.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGUSR1)
    try #require(pthread_sigmask(SIG_UNBLOCK, &signals, &mask) == 0)
    let target = Unmanaged.passRetained(target).toOpaque()
    let code = pthread_create(
      &sender, nil,
      { argument in
        guard let argument else { return nil }
        let target = Unmanaged<Target>.fromOpaque(argument).takeRetainedValue()
        while !target.isOver.load(ordering: .relaxed) {
          pthread_kill(target.thread, SIGUSR1)
          usleep(300)
        }
        return nil
      }, target)
    try #require(code == 0)
  }

  /// - Returns: how many came.
  func end() -> Int {
    target.isOver.store(true, ordering: .relaxed)
    pthread_join(sender, nil)
    pthread_sigmask(SIG_SETMASK, &mask, nil)
    return Self.count.load(ordering: .relaxed)
  }
}
