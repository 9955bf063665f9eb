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
      throw Failure("--budget \(text): an hour is the longest")
    }
  }

  /// As long as the longest trial takes, of those that end.
  init(toTheEndOf trials: [Trial], on host: Host) throws {
    let ends = trials.compactMap { Timeline(of: $0.play, under: host.rules).span.range?.latest }
    // A process wakes up late, and many namespaces take a while to be made.
    time = (ends.max() ?? .zero) + .seconds(2) + .milliseconds(20) * trials.count
    guard time <= Self.longest else {
      throw Failure("--full would take \(time.text); \(Self.longest.text) is the longest")
    }
  }

  /// A day: a default keepalive takes more than two hours.
  private static let longest = Duration.seconds(86_400)

  /// Plays the trials all at once and holds each against the model.
  /// - Returns: the comparisons, and the signal that broke it off.
  func measure(_ trials: [Trial], on host: Host) throws -> (comparisons: [Comparison], StopSignal?)
  {
    let showsProgress = StandardStream.error.isTerminal
    let budget = time
    let measurement = try Laboratory.play(trials.map(\.play), for: time) { elapsed in
      if showsProgress { Self.show(elapsed, of: budget) }
    }
    if showsProgress { Self.show(nil, of: budget) }
    let comparisons = zip(measurement.observations, trials).map {
      Comparison($0, of: $1, on: host)
    }
    if let mishap = measurement.mishap { Console.complain(mishap) }
    return (comparisons, measurement.stoppedBy)
  }

  /// One line on the terminal, written over again; nil wipes it.
  private static func show(_ elapsed: Duration?, of budget: Duration) {
    let text = elapsed.map { "measuring, \(max(budget - $0, .zero).wholeSeconds.text) left" } ?? ""
    do throws(SystemCallError) { try StandardStream.error.write("\r\u{1B}[K\(text)") } catch {}
  }
}

extension Duration {
  fileprivate var wholeSeconds: Duration { .seconds(components.seconds) }
}
