import Advisor
import Laboratory
import Linux
import TCPModel

/// How long may be measured, and the measuring itself.
struct Budget {
  let time: Duration

  /// A time with its unit, at most an hour.
  init(_ text: String) throws {
    time = try CaseOptions.time(text, "--budget")
    guard time <= .seconds(3600) else {
      throw UsageError("--budget \(text): the maximum is 1 h")
    }
  }

  /// As long as the longest trial takes, of those that end.
  init(toTheEndOf requests: [MeasurementRequest], on host: Host) throws {
    let ends = requests.compactMap { $0.timeToEnd(on: host).range?.latest }
    // A process wakes up late, and many namespaces take a while to be made.
    time = (ends.max() ?? .zero) + .seconds(2) + .milliseconds(20) * requests.count
    guard time <= Self.longest else {
      throw UsageError("--full would take \(time.text); the maximum is \(Self.longest.text)")
    }
  }

  /// A day: a default keepalive takes more than two hours.
  private static let longest = Duration.seconds(86_400)

  /// How long the trials take: as the longest of them, or the budget.
  private func duration(of requests: [MeasurementRequest], on host: Host) -> Duration {
    let ends = requests.map { $0.timeToEnd(on: host) }
    let longest = ends.map { $0.ends == .always ? $0.range?.latest ?? time : time }.max() ?? time
    return min(time, longest)
  }

  /// Plays the trials all at once and holds each against the model.
  /// - Returns: the comparisons, and the signal that broke it off.
  func measure(
    _ requests: [MeasurementRequest], on host: Host, in laboratory: inout Laboratory?
  ) throws -> (comparisons: [Comparison], TerminationSignal?) {
    let progress = Progress(
      of: Progress.isShown(within: time) ? duration(of: requests, on: host) : time)
    let measurement = try laboratory?.run(
      requests.map(\.experiment), for: time, progress: progress.show)
    progress.end()
    guard let measurement else { return ([], nil) }
    let comparisons = zip(measurement.observations, requests).map {
      Comparison($0, of: $1, on: host)
    }
    if let mishap = measurement.mishap { Console.error(mishap) }
    return (comparisons, measurement.stoppedBy)
  }
}
