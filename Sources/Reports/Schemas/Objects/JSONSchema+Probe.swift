import Advisor
import NetAddress
import Observations

extension JSONSchema {
  static let connectOutcome = words(of: ConnectOutcome.Kind.self)
  static let outcomeCounts = defined(
    Definition(
      "outcome_counts", "How many ended in each outcome.",
      ConnectOutcome.Kind.allCases.map { Field($0.rawValue, .count, "How many.") }))

  static let timeStatistics: [Field] = [
    Field("min_seconds", .seconds, "The shortest."),
    Field("median_seconds", .seconds, "The median."),
    Field("p95_seconds", .seconds, "95 of 100 are no longer."),
    Field("max_seconds", .seconds, "The longest."),
  ]

  /// All attempts to connect.
  static let probe: [Field] =
    [
      Field("results", .list(probeResult), "One for each address."),
      Field("names", .list(probedName), "One for each name with several addresses."),
      Field("verdicts", .list(verdict), "The attempts held against the profiles."),
      Field(
        "not_judged", .list(.text), "Profiles without a verdict, with the reason; with --profile.",
        isRequired: false),
    ] + probeSummary

  static let probeSummary: [Field] = [
    Field("counts", outcomeCounts, "How many addresses ended in each outcome."),
    Field("unexpected", .count, "How many ended otherwise than --expect says."),
    Field(
      "times",
      object([
        Field("open", times, "Of those that opened."),
        Field("refused", times, "Of those that were refused."),
      ]), "What connecting took."),
    Field("addresses", .count, "How many addresses were tried."),
    Field("listed", .count, "How many targets were listed."),
    Field("elapsed_seconds", .seconds, "What it took in all."),
    Field("interrupted", .boolean, "Whether it was broken off."),
  ]
  private static let times = orNull(
    defined(Definition("times", "The spread of times.", timeStatistics)))

  /// An attempt to connect to one address.
  static let resultFields: [Field] = [
    Field("target", .text, "As it was named."),
    Field("address", textOrNull, "The address with its port; null if the name has none."),
    Field("outcome", connectOutcome, "What became of it."),
    Field("errno", orNull(errno), "The errno; null if there is none."),
    Field("seconds", secondsOrNull, "From connect to the outcome; null if there was no connect."),
    Field("expected", .boolean, "Whether the outcome is as --expect says."),
    Field("handshake_seconds", secondsOrNull, "The round trip as TCP_INFO has it."),
    Field("call", textOrNull, "The call that failed on this host; null if none did."),
    Field("syn_retransmissions", countOrNull, "How often the SYN was sent again."),
    Field("icmp", orNull(icmp), "The last ICMP message about it; null if none came."),
    Field("kernel", orNull(end), "When the kernel gives up; null if it did not hang."),
    Field("neighbour", orNull(neighbour), "The next hop of what hung; null if it is not known."),
    Field("reason", textOrNull, "Why the name has no address; null if it has one."),
    Field(
      "resolution_seconds", secondsOrNull, "What resolving the name took; null without a name."),
    Field("rounds", orNull(rounds), "Several rounds taken together; null if there was one."),
    Field("options", socketOptions, "The socket options of this target alone."),
    Field("race", orNull(race), "What --first saw of the addresses; null without it."),
    Field(
      "late_seconds", secondsOrNull, "How much earlier it may have ended; null if that is little."),
    Field("interrupted", .boolean, "Whether it was broken off."),
  ]
  private static let probeResult = defined(
    Definition("result", "An attempt to connect to one address.", resultFields))

  private static let icmp = defined(
    Definition(
      "icmp", "An ICMP message.",
      [
        Field("version", either([.integers(4...4), .integers(6...6)]), "4 or 6."),
        Field("type", .integers(0...255), "Its type."),
        Field("code", .integers(0...255), "Its code."), Field("meaning", .text, "What it says."),
        Field("from", textOrNull, "Who sent it; null if the kernel does not tell."),
        Field("from_this_host", .boolean, "Whether this host sent it to itself."),
      ]))

  private static let neighbour = defined(
    Definition(
      "neighbour", "The next hop in the kernel's neighbour table.",
      [
        Field("device", .text, "The network interface."), Field("address", .text, "Its address."),
        Field("is_gateway", .boolean, "Whether it is a router on the way."),
        Field("state", .words(of: NextHop.State.self), "The state of the entry."),
        Field(
          "since_seconds", orNull(.number),
          "When it came into the state incomplete, from the start; negative is before."),
      ]))

  private static let roundFields: [Field] = [
    Field("count", .atLeast(2), "How many rounds."),
    Field("answers", .count, "How many were answered."),
    Field("loss", orNull(.numbers(0...1)), "The share without an answer; null if none left here."),
    Field("outcomes", outcomeCounts, "How many ended in each outcome."),
    Field(
      "times_of", orNull(.words([ConnectOutcome.Kind.open, .refused].map(\.rawValue))),
      "The outcome whose times these are; null if there are none."),
  ]
  private static let rounds = defined(
    Definition(
      "rounds", "Several connects to one address.",
      either([object(roundFields + timeStatistics), object(roundFields)])))

  private static let race = defined(
    Definition(
      "race", "Addresses of one name, tried side by side.",
      [
        Field("seconds", .seconds, "From the first attempt to the end of the race."),
        Field("measured", .boolean, "Whether it ended by itself."),
        Field(
          "losers",
          .list(of: [
            Field("address", .text, "An address that was not first."),
            Field(
              "outcome", orNull(connectOutcome),
              "What became of it; null if there was no answer yet."),
          ]), "The others."),
      ]))

  static let nameFields: [Field] =
    [
      Field("target", .text, "The name with its port."),
      Field("port", .integers(1...65_535), "The port."),
      Field("addresses", .atLeast(2), "How many addresses it has."),
      Field("resolution_seconds", .seconds, "What resolving it took."),
      Field("open", .boolean, "Whether one of them is open."),
      Field("measured", .boolean, "Whether the time was seen; else the model says it."),
    ] + timeToEnd
  private static let probedName = defined(
    Definition("name", "The addresses of a name, tried in turn.", nameFields))
}
