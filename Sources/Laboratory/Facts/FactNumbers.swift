import TCPModel

/// The numbers of facts that depend on the kernel's tick, which files write in braces.
struct FactNumbers {
  /// Why nobody can say them; nil if they hold.
  let doubt: String?
  private let numbers: [(name: String, value: Int)]

  /// - Parameter tick: in microseconds.
  private init(tick: Int, doubt: String?) {
    self.doubt = doubt
    numbers = [
      ("{tick}", tick), ("{tick + 1}", tick + 1), ("{2 ticks}", 2 * tick),
      ("{4001 ms in ticks}", (4_001_000 + tick - 1) / tick * tick / 1000),
    ]
  }

  /// - Parameter rules: those of the running kernel; nil if it is not known. Without a tick of whole
  ///   milliseconds the numbers are those of the most frequent one, 4 ms.
  init(under rules: KernelRules?) {
    let ticks = rules?.tickRates ?? []
    let hertz = ticks.count == 1 ? ticks[0].hertz : 0
    let isWhole = hertz > 0 && 1000 % hertz == 0
    self.init(
      tick: isWhole ? 1_000_000 / hertz : 4000,
      doubt: isWhole ? nil : "a tick is no whole millisecond")
  }

  /// Returns the text with numbers in place of their names.
  func filling(in text: String) -> String {
    numbers.reduce(text) { $0.replacing($1.name, with: "\($1.value)") }
  }
}
