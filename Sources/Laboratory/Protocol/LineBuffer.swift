/// The two sides of a sandbox talk in lines of text: words with one blank between them, ended by a
/// line feed; times are whole nanoseconds. Whatever is not listed here is an error.
///
/// The tool to the sandbox (`SandboxCommand`), for each job; once its pipe ends, so does the sandbox:
///
///     deadline TIME                  on the monotonic clock: when to stop
///     settings                       begins a set of sysctls; they are counted from 0
///     sysctl KEY VALUE…              belongs to the last set
///     case NUMBER SETTINGS SCENARIO FAMILY SEGMENTS OPTIONS-AFTER OUTAGE [PART]… [OPTION=VALUE]…
///                                    OUTAGE is a time or `endless`; parts are `dies-after=TIME`,
///                                    `dies-answering=PROBE` or `dies=never` of the peer of a closed
///                                    window, `entry=stale` of a neighbour,
///                                    `box=TIME,keepalive|data,drop|reset|close,LOST` of a device that
///                                    forgets after a silence, what counts as traffic for it, and how
///                                    many segments do not reach it, and `ends=TIME..TIME`
///                                    where an end that nobody is told of is to be looked for
///     fact ID STEP, STEP…            the steps are those of `FactRun`, without results
///     run                            nothing more comes before `done`
///
/// The sandbox to the tool (`SandboxEvent`), as things happen; times count from the case's start:
///
///     ready                          once, before the first job: it is in its namespaces
///     refused REASON…                instead: there are none, and nothing will be run
///     not-copied SETTINGS KEY ERRNO
///     begun CASE TIME                when it started, on the monotonic clock; some take a moment
///     timeouts CASE RTO RTT          TCP_INFO, before the peer fell silent
///     event CASE KIND TIME
///     outage-over CASE TIME          how long it was
///     outlived CASE TIME             the last of its case: from the outage's end, or the start behind
///                                    a device, to the segment that got an answer
///     ended CASE ERRNO TIME          the last of its case; ERRNO is `-` where nobody is told
///     not-run CASE REASON…           the last of its case
///     fact ID STEP: RESULT, STEP…    what was seen
///     fact-not-run ID REASON…
///     done                           the deadline has come, or all cases have ended
struct LineBuffer {
  /// Longer lines are refused before they are complete.
  static let limit = 1 << 16

  private var pending: [UInt8] = []

  /// Takes bytes in as they come and gives the lines that are complete.
  mutating func add(_ bytes: [UInt8]) throws(MalformedLine) -> [String] {
    pending += bytes
    var parts = pending.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    pending = Array(parts.removeLast())
    if let long = ([pending[...]] + parts).first(where: { $0.count > Self.limit }) {
      throw MalformedLine(String(decoding: long.prefix(80), as: UTF8.self) + "…")
    }
    return parts.map { String(decoding: $0, as: UTF8.self) }
  }

  /// Whether the last bytes were a whole line.
  var isComplete: Bool { pending.isEmpty }
}
