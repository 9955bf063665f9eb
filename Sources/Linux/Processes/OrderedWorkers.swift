import Glibc

/// Threads that each turn items into results, which come out in the order of the items.
package final class OrderedWorkers<Item: Sendable, Result: Sendable> {
  private let shared: Shared
  private var threads: [pthread_t] = []
  private var next = 0

  /// - Parameters:
  ///   - count: of threads; by default as many as there are processors, eight at most.
  ///   - ahead: how many items may be worked on, or wait to be taken, at a time.
  ///   - items: called by one thread at a time, until it returns nil.
  ///   - work: called by all of them.
  /// - Throws: EAGAIN where no thread can be had.
  package init(
    _ count: Int = min(max(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 1), 8), ahead: Int = 64,
    items: @escaping () -> sending Item?, work: @escaping @Sendable (Item) -> Result
  ) throws(SystemCallError) {
    shared = Shared(ahead, items, work)
    for _ in 0..<count {
      var thread = pthread_t()
      let body = Unmanaged.passRetained(ThreadBody(shared.run))
      let errno = pthread_create(&thread, nil, ThreadBody.run, body.toOpaque())
      guard errno == 0 else {
        body.release()
        // With fewer it takes longer.
        if !threads.isEmpty { return }
        throw SystemCallError(call: "pthread_create", subject: "", code: Errno(rawValue: errno))
      }
      threads.append(thread)
    }
  }

  deinit {
    shared.stop()
    for thread in threads { pthread_join(thread, nil) }
  }

  /// Waits for the next result; nil after the last.
  package func take() -> Result? {
    defer { next += 1 }
    return shared.take(next)
  }

  private final class Shared: Sendable {
    private struct State {
      var results: [Int: Result] = [:]
      /// The number of the next item, and how many there are once that is known.
      var next = 0
      var count: Int?
      var isStopped = false
    }

    /// What hands items out.
    private let items: Guarded<() -> Item?>
    private let work: @Sendable (Item) -> Result
    private let state = Guarded(State())
    private let free: Semaphore, filled = Semaphore(0)

    init(
      _ ahead: Int, _ items: @escaping () -> Item?, _ work: @escaping @Sendable (Item) -> Result
    ) {
      (self.items, self.work) = (Guarded(items), work)
      free = Semaphore(ahead)
    }

    @Sendable func run() {
      while let (number, item) = nextItem() {
        let result = work(item)
        state.withLock { $0.results[number] = result }
        filled.post()
      }
      // Whoever waits looks again; the other threads end too.
      filled.post()
      free.post()
    }

    private func nextItem() -> (Int, Item)? {
      free.wait()
      return items.withLock { next in
        if state.withLock({ $0.isStopped || $0.count != nil }) { return nil }
        guard let item = next() else {
          state.withLock { $0.count = $0.next }
          return nil
        }
        let number = state.withLock { state in
          state.next += 1
          return state.next - 1
        }
        return (number, item)
      }
    }

    func take(_ number: Int) -> Result? {
      while true {
        let (result, isOver) = state.withLock { state in
          (state.results.removeValue(forKey: number), state.count.map { number >= $0 } ?? false)
        }
        if let result {
          free.post()
          return result
        }
        if isOver { return nil }
        filled.wait()
      }
    }

    func stop() {
      state.withLock { $0.isStopped = true }
      free.post()
    }
  }
}
