import Fuzzing
import Glibc

/// One input after the other, and what the dearest of them has taken.
enum Trial {
  nonisolated(unsafe) static var target: FuzzTarget?
  nonisolated(unsafe) private static var longest: Int64 = 0
  nonisolated(unsafe) private static var mostGrowth = 0

  /// In microseconds of the processor: two seconds of the program as it ships are longer still, as counters
  /// on its branches take five sixths of the dearest inputs.
  private static let timeLimit: Int64 = 6_000_000
  /// In kilobytes, what one input adds to the most that the process has had.
  private static let memoryLimit = 200_000

  static func run(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let target else { return 0 }
    let before = usage()
    do throws(FuzzFault) {
      try target.run(on: [UInt8](UnsafeBufferPointer(start: start, count: count)))
    } catch {
      end("\(error)")
    }
    let after = usage()
    let (time, growth) = (after.time - before.time, after.memory - before.memory)
    (longest, mostGrowth) = (max(longest, time), max(mostGrowth, growth))
    if time > timeLimit { end("it took \(time) µs") }
    if growth > memoryLimit { end("it took \(growth) KB") }
    return 0
  }

  /// libFuzzer keeps the input when the process is aborted.
  private static func end(_ reason: String) -> Never {
    say("FAULT \(reason)")
    abort()
  }

  static func report() { say("DEAREST \(longest) µs, \(mostGrowth) KB") }

  private static func say(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
  }

  private static func usage() -> (time: Int64, memory: Int) {
    var usage = rusage()
    getrusage(RUSAGE_SELF.rawValue, &usage)
    let times = [usage.ru_utime, usage.ru_stime]
    let time = times.reduce(0) { $0 + Int64($1.tv_sec) * 1_000_000 + Int64($1.tv_usec) }
    return (time, usage.ru_maxrss)
  }
}
