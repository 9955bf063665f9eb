import Glibc

/// Values that a thread of its own makes, a few ahead of whoever takes them.
final class Prefetch<Value: Sendable> {
  private let queue: Queue
  private var thread = pthread_t()

  /// - Parameters:
  ///   - ahead: how many values may wait to be taken.
  ///   - make: called on the other thread until it returns nil.
  /// - Throws: EAGAIN where no thread can be had.
  init(ahead: Int, _ make: @escaping @Sendable () -> Value?) throws(SystemCallError) {
    let queue = Queue(ahead, make)
    self.queue = queue
    let body = Unmanaged.passRetained(ThreadBody(queue.run))
    let errno = pthread_create(&thread, nil, ThreadBody.run, body.toOpaque())
    guard errno == 0 else {
      body.release()
      throw SystemCallError(call: "pthread_create", subject: "", code: Errno(rawValue: errno))
    }
  }

  deinit {
    queue.stop()
    pthread_join(thread, nil)
  }

  /// Waits for the next value; nil after the last.
  func take() -> Value? { queue.take() }

  private final class Queue: Sendable {
    private struct State {
      var values: [Value] = []
      var isOver = false
      var isStopped = false
    }

    private let make: @Sendable () -> Value?
    private let state = Guarded(State())
    private let free: Semaphore, filled = Semaphore(0)

    init(_ count: Int, _ make: @escaping @Sendable () -> Value?) {
      self.make = make
      free = Semaphore(count)
    }

    @Sendable func run() {
      while let value = next() {
        state.withLock { $0.values.append(value) }
        filled.post()
      }
      state.withLock { $0.isOver = true }
      filled.post()
    }

    private func next() -> Value? {
      free.wait()
      return state.withLock { $0.isStopped } ? nil : make()
    }

    func take() -> Value? {
      filled.wait()
      let value: Value? = state.withLock {
        $0.values.isEmpty ? nil : $0.values.removeFirst()
      }
      // What is over stays over, and what was taken leaves room.
      if value == nil { filled.post() } else { free.post() }
      return value
    }

    func stop() {
      state.withLock { $0.isStopped = true }
      free.post()
    }
  }
}
