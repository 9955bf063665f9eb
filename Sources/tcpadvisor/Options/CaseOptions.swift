import ArgumentParser
import InputFiles
import NetAddress
import TCPModel

/// What-if options of a connection: its options, its path, its family.
struct CaseOptions: ParsableArguments {
  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "A socket option that the program sets, such as TCP_USER_TIMEOUT=30000.",
      valueName: "option=value"), completion: Completions.options)
  var option: [String] = []

  @Option(
    help: ArgumentHelp(
      "Round-trip time, such as 20ms or 1ms..20ms. (default: 100us)", valueName: "time"))
  var rtt: String?

  @Option(
    help: ArgumentHelp(
      "First retransmission timeout, as in tcpi_rto. (default: from the round-trip time)",
      valueName: "time"))
  var rto: String?

  @Option(
    help: ArgumentHelp(
      "Segments in flight when the peer falls silent; for close, 0 is a FIN alone. (default: 1)",
      valueName: "n"))
  var segments: Int?

  @Option(
    help: ArgumentHelp(
      "For zero-window: how long the window was closed before the peer died. (default: 0s)",
      valueName: "time"))
  var afterDeath: String?

  @Flag(
    help: ArgumentHelp(
      "For neighbour and moved-address: what is known of the host is old, its neighbour entry stale."
    )
  )
  var stale = false

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "For moved-address: what the client does meanwhile. (default: send)",
      valueName: "connect|send|idle"), completion: Completions.clients)
  var client: [ClientActivity] = []

  @Flag(name: .customShort("4"), help: "Use IPv4.")
  var isV4 = false

  @Flag(name: .customShort("6"), help: "Use IPv6. (default: IPv4)")
  var isV6 = false

  /// Whether none of these options was given.
  var isUnused: Bool {
    option.isEmpty && [rtt, rto, afterDeath].allSatisfy { $0 == nil } && segments == nil && !isV4
      && !isV6 && !stale && client.isEmpty
  }

  /// The families asked for.
  var families: [AddressFamily] { isV4 && isV6 ? [.v4, .v6] : isV6 ? [.v6] : [.v4] }

  /// The cases that these options describe for a family: one for each client, where that matters.
  func all(of scenario: Scenario, in snapshot: SettingsSnapshot, _ family: AddressFamily) throws
    -> [Experiment]
  {
    let experiment = try of(scenario, in: snapshot, family)
    guard scenario.depends(on: .client), !client.isEmpty else { return [experiment] }
    return client.map { client in
      var other = experiment
      other.client = client
      return other
    }
  }

  /// The case that these options describe.
  func of(_ scenario: Scenario, in snapshot: SettingsSnapshot, _ family: AddressFamily) throws
    -> Experiment
  {
    let options = try socketOptions(under: snapshot.kernel)
    var experiment = Experiment(
      scenario, in: snapshot, options: options, family: family,
      path: try path(for: scenario, in: snapshot, options))
    experiment.receiverFate = try receiverFate()
    if stale { experiment.neighbourEntry = .stale }
    return experiment
  }

  /// Refuses what has no meaning in any of these scenarios.
  func refuseWhatIsNot(of scenarios: [Scenario]) throws {
    for narrow in given where !narrow.scenarios.contains(where: scenarios.contains) {
      throw UsageError("\(narrow.name) applies to \(narrow.homes) only")
    }
  }

  /// Refuses what one scenario alone knows: a setting is explained by several, each in its plain form.
  func refuseWhatIsOfOneScenario() throws {
    for narrow in given where narrow.isOfAttempt || narrow.scenarios.count == 1 {
      throw UsageError("\(narrow.name) applies to \(narrow.homes) only")
    }
  }

  /// Refuses what describes one case of one scenario, for a command that goes through all of them.
  func refuseDetails(beside command: String) throws {
    if let narrow = given.first { throw UsageError("\(narrow.name) does not go with \(command)") }
    if isV4 || isV6 { throw UsageError("-4 and -6 do not go with \(command)") }
  }

  /// The options in use that have a meaning in few scenarios.
  private var given: [NarrowOption] {
    let all: [(isGiven: Bool, option: NarrowOption)] = [
      (segments != nil, NarrowOption(name: "--segments", detail: .segments)),
      (rto != nil, NarrowOption(name: "--rto", detail: .retransmissionTimeout)),
      (!client.isEmpty, NarrowOption(name: "--client", detail: .client)),
      (stale, NarrowOption(name: "--stale", detail: .neighbourEntry)),
      (afterDeath != nil, NarrowOption(name: "--after-death", detail: .receiverFate)),
    ]
    return all.filter(\.isGiven).map(\.option)
  }

  func receiverFate() throws -> ReceiverFate {
    .dies(after: try afterDeath.map { try Self.time($0, "--after-death") } ?? .zero)
  }

  func path(for scenario: Scenario, in snapshot: SettingsSnapshot, _ options: SocketOptions) throws
    -> Path
  {
    let segments = segments ?? 1
    let least = scenario.definition.fewestSegments
    guard (least...1000).contains(segments) else {
      throw UsageError("--segments \(segments): \(least) to 1000 segments can be in flight")
    }
    return Path(
      roundTrip: try rtt.map { try Self.range($0, "--rtt") } ?? Path.defaultRoundTrip,
      retransmissionTimeout: try rto.map {
        try Self.firstTimeout($0, within: snapshot.firstTimeouts(with: options))
      }, segments: segments)
  }

  private static func firstTimeout(_ text: String, within possible: ClosedRange<Duration>) throws
    -> Duration
  {
    let timeout = try time(text, "--rto")
    guard possible.contains(timeout) else {
      throw UsageError(
        "--rto \(text): here it is \(possible.lowerBound.text) to \(possible.upperBound.text)")
    }
    return timeout
  }

  func socketOptions(under kernel: KernelVersion?) throws -> SocketOptions {
    var options = SocketOptions()
    for text in option {
      do throws(UsageError) {
        let (option, value) = try Self.assignment(text, under: kernel)
        if let other = options[option], other != value {
          throw UsageError("already given as \(other)")
        }
        options[option] = value
      } catch {
        throw UsageError("--option \(text): \(error.message)")
      }
    }
    return options
  }

  static func time(_ text: String, _ option: String) throws -> Duration {
    do throws(DurationText.Objection) {
      // What is below zero is a time all the same.
      let time = text.hasPrefix("-") ? .zero : try DurationText.duration(text)
      if time > .zero { return time }
    } catch {
      throw UsageError("\(option): \(error.reason)")
    }
    throw UsageError("\(option) \(text): a time above zero is needed")
  }

  private static func range(_ text: String, _ option: String) throws -> ClosedRange<Duration> {
    let ends = DurationText.ends(text)
    let low = try time(String(ends.lower), option)
    let high = try time(String(ends.upper), option)
    guard low <= high else { throw UsageError("\(option) \(text): the range is reversed") }
    return low...high
  }
}

extension ClientActivity: ExpressibleByArgument {}

/// An option that few scenarios look at.
private struct NarrowOption {
  let name: String
  let detail: Experiment.Details

  /// Whether it says what happens, and not how the connection is.
  var isOfAttempt: Bool { detail == .neighbourEntry }

  var scenarios: [Scenario] { Scenario.depending(on: detail) }

  var homes: String {
    let names = scenarios.map(\.rawValue)
    guard let last = names.last, names.count > 1 else { return names.joined() }
    return "\(names.dropLast().joined(separator: ", ")) and \(last)"
  }
}
