import Advisor
import NetAddress
import TCPModel

/// The format of profiles as tables. The reader refuses every field that is not here and takes
/// ranges and names from the same places; `profiles schema` prints the tables for editors.
package enum ProfileFormat {
  /// The forms that stand at several places.
  package static let forms = [
    group, match, sets, application, link, path, objectives, objective, middlebox, program, knob,
    unused,
    lint, lintIgnore,
  ]

  package static let profile = RecordSchema(
    "profile",
    [
      Field("schema", .version, "The version of the format: 1."),
      Field(
        "name", .name,
        "The name of the profile, which is part of the names of files made from it: up to 64"
          + " letters, digits, “-”, “_” and “.”, a letter or digit first."),
      Field("summary", .text, "What the profile is for, in a line; `profiles list` shows it."),
      Field(
        "extends", .list(.profile(BuiltInProfiles.names)),
        "Profiles that this one is laid over: built-in names, or paths relative to this file. Maps"
          + " are merged by key, lists replaced, null removes what is inherited."),
    ] + defaults + [
      Field(
        "connections", .maps(group),
        "The groups of connections that the profile speaks of. Left out, there is one, named like"
          + " the profile."),
      Field(
        "sysctls", .requirements(requirement),
        "Sysctls that are asked for by themselves, apart from any objective."),
      Field(
        "sysctls_allowed", .list(.text),
        "Patterns of the sysctls that a plan may set, such as net.ipv4.tcp_keepalive_*; left out,"
          + " all of them."),
      Field(
        "allow_below_rfc", .boolean,
        "Lets a plan set tcp_retries2 below 8 and tcp_syn_retries below 3 for the whole host,"
          + " which RFC 1122 does not want."),
      Field("lint", .map(lint), "What `lint --profile` leaves out."),
      Field(
        "middleboxes",
        .named(
          middlebox, known: BuiltInProfiles.middleboxes,
          needed: ["idle_timeout", "on_expiry", "tcp_keepalive_counts"]),
        "Devices that forget idle connections: new ones, or corrections of those that every profile"
          + " knows (see the profile base)."),
      Field(
        "software", .named(program, known: BuiltInProfiles.programs, needed: []),
        "Programs that groups name: new ones, or corrections of those that every profile knows (see"
          + " profiles software)."),
    ])

  /// What a group says, or the profile for all its groups.
  private static let defaults = [
    Field(
      "path", .map(path), "What lies between the two hosts. Of a profile: the default for groups."),
    Field(
      "levers", .list(.choice(Lever.allCases.map(\.rawValue))),
      "What may be changed to meet the objectives: deadline (the program's own limit), socket"
        + " (socket options), sysctl. Left out, all three."),
    Field(
      "objectives", .map(objectives),
      "What is asked, by what happened to the connection. Of a profile: the default for groups."),
  ]

  package static let group = RecordSchema(
    "group",
    [
      Field("name", .text, "How findings and plans call these connections."),
      Field(
        "direction", .choice(ConnectionGroup.Direction.allCases.map(\.rawValue)),
        "Who connects: outbound (we do, the default) or inbound (the others do)."),
      Field(
        "software", .known(BuiltInProfiles.programs),
        "The program, by its name in the catalogue or in this profile: what it sets, what it can be"
          + " told to set, and the times it keeps by itself; what stands beside it wins."),
      Field("match", .map(match), "Which live sockets belong to the group; left out, all."),
      Field(
        "sets", .map(sets),
        "The socket options that the program is known to set today; left out, none."),
      Field(
        "application", .map(application),
        "The times that the program keeps by itself; left out, none."),
      Field(
        "can_set", .list(.choice(SocketOption.all.map(\.name))),
        "The socket options that the program can be told to set; left out, all."),
      Field(
        "single_user_timeout", .boolean,
        "Whether the program sets one TCP_USER_TIMEOUT before it connects and never again, as libpq"
          + " and HAProxy do; left out, no."),
      Field(
        "follows_keepidle", .map(link),
        "What the program sets along with TCP_KEEPIDLE, the only number of the three that it is"
          + " told; left out, nothing."),
    ] + defaults + reasons)

  /// What a program makes of TCP_KEEPIDLE.
  package static let link = RecordSchema(
    "link",
    linked.map {
      Field(
        $0.name, .text, "A number, or a fraction of TCP_KEEPIDLE such as 1/3, at least 1.")
    } + reasons)

  static let linked: [SocketOption] = [.keepInterval, .keepCount]
  static let numbers = 0...4_294_967_295
  static let words = 1...9

  /// What a group takes over from its program.
  static let programFields: Set<String> = [
    "direction", "sets", "can_set", "single_user_timeout", "follows_keepidle", "application",
  ]

  package static let match = RecordSchema(
    "match",
    [
      Field("remote", .network, "The address of the other side, or a network such as 10.0.0.0/8."),
      Field("remote_port", .integer(ports), "The port of the other side."),
      Field("local_port", .integer(ports), "Our own port."),
      Field("process", .text, "The name of the program; * stands for anything."),
      Field("user", .text, "The user that the program runs as."),
      Field("state", .anyCase(states), "The state of the connection, as ss(8) names it."),
    ] + reasons)

  package static let sets = RecordSchema(
    "sets",
    SocketOption.all.map { option in
      let unit = option.unit == .count || option.unit == .flag ? "" : ", in \(option.unit.rawValue)"
      let since = option.info.since.map { "; since Linux \($0)" } ?? ""
      return Field(option.name, .integer(option.range), "\(option.info.meaning)\(unit)\(since)")
    } + reasons)

  package static let application = RecordSchema(
    "application",
    [
      Field(
        "connect_timeout", .positiveDuration,
        "When the program gives up connecting to one address."),
      Field(
        "total", .positiveDuration,
        "When it gives up connecting, all addresses of the name together."),
      Field(
        "heartbeat", .positiveDuration,
        "How often it sends something by itself, at least, on a connection that is not in use."),
      Field(
        "read_timeout", .positiveDuration,
        "How long it waits for the answer to what it sent, a heartbeat included."),
    ] + reasons)

  package static let path = RecordSchema(
    "path",
    [
      Field(
        "rtt", .durations,
        "The round-trip time, or the range that occurs: 1ms, 1ms..20ms; up to 2min."),
      Field(
        "middleboxes", .list(.known(BuiltInProfiles.middleboxes)),
        "The devices on the way that forget idle connections, by their names in the catalogue or"
          + " in this profile."),
      Field(
        "addresses", .integer(counts),
        "How many addresses the name has that connect tries one after the other."),
      Field(
        "segments", .integer(counts), "How many segments are in flight when the peer vanishes."),
    ] + reasons)

  package static let objectives = RecordSchema(
    "objectives",
    Scenario.allCases.map { Field($0.rawValue, .map(objective), "\($0.summary).") })

  package static let objective = RecordSchema(
    "objective",
    [
      Field(
        "within", .positiveDuration, "The connection is given up within this time at the latest."),
      Field(
        "survive", .duration,
        "An outage of this length, at the worst moment, does not end the connection."),
      Field(
        "recover", .duration,
        "After an outage of the length of `survive` traffic goes on within this time."),
    ] + reasons)

  package static let requirement = RecordSchema(
    "demand",
    [
      Field("value", .setting, "Exactly this."),
      Field("at_least", .bound, "At least this; of several numbers each."),
      Field("at_most", .bound, "At most this; of several numbers each."),
      Field("keep", .yes, "Whatever it is, no plan changes it."),
    ] + reasons)

  package static let lint = RecordSchema(
    "lint", [Field("ignore", .maps(lintIgnore), "Rules whose findings do not count, and why.")])

  package static let lintIgnore = RecordSchema(
    "ignore",
    [
      Field("rule", .choice(LintRule.all.map(\.id)), "The id of the rule, such as TA012."),
      Field("why", .text, "Why its findings do not count."),
      Field("file", .text, "Only in files with this path; * stands for anything."),
    ])

  package static let middlebox = RecordSchema(
    "middlebox",
    [
      Field("idle_timeout", .positiveDuration, "How long a silent connection is remembered."),
      Field(
        "on_expiry", .choice(Middlebox.Expiry.allCases.map(\.rawValue)),
        "What happens then: drop (packets vanish without notice), reset (the next packet is"
          + " answered with a RST), close (the device ends the connection)."),
      Field(
        "tcp_keepalive_counts", .boolean,
        "Whether keepalive probes count as traffic: yes, or no for layer-7 devices."),
      Field("checked_on", .date, "The day somebody looked it up, such as 2026-11-21."),
      Field("range", .durations, "What the vendor lets you set."),
      Field("notes", .text, "What else there is to know."),
    ] + reasons)

  /// May stand beside any number.
  static let reasons = [
    Field("why", .text, "The reason for these numbers; it is emitted above the settings."),
    Field("source", .text, "Where they come from: a document, an issue, a ticket."),
  ]

  static let ports = 1...65535
  static let users = 0...4_294_967_294
  static let counts = 1...1000

  static let states = TCPState.allCases.map(\.name)
}
