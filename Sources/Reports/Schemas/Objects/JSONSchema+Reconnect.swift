import NetAddress
import Observations

extension JSONSchema {
  /// Connecting again and again.
  static let reconnect: [Field] = [
    Field(
      "reconnect",
      object([
        Field("target", .text, "As it was named."),
        Field("address", textOrNull, "The address that was tried; null if the name has none."),
        Field(
          "others",
          .list(of: [
            Field("address", .text, "Another address of the name."),
            Field("outcome", connectOutcome, "What became of it."),
          ]), "Those that were tried before."),
        Field("reason", textOrNull, "Why the name has no address; null if it has one."),
        Field("rounds", .atLeast(1), "How many rounds were asked for."),
        Field("deadline_seconds", secondsOrNull, "How long an answer is waited for."),
        Field("expected", orNull(.boolean), "Whether all ended as --expect says; null: not tried."),
        Field("new_socket", method, "With a new socket each time."),
        Field("same_socket", method, "With one socket, disconnected in between."),
        Field("saving", orNull(saving), "What disconnecting saves; null if nothing compares."),
        Field("peer", orNull(peer), "What the peer does by itself; null if it was not looked at."),
        Field("options_kept", .list(.text), "Socket options that disconnecting keeps."),
        Field(
          "options_changed",
          .list(of: [
            Field("option", .text, "The option."), Field("before", .integer, "Its value before."),
            Field("after", .integer, "Its value after."),
          ]), "Socket options that disconnecting changes."),
        Field("error_left", textOrNull, "What SO_ERROR said after disconnecting; null if nothing."),
      ]), "The comparison."),
    Field("interrupted", .boolean, "Whether it was broken off."),
  ]

  private static let methodFields: [Field] = [
    Field("connects", .count, "How many rounds."), Field("open", .count, "How many opened."),
    Field("outcomes", outcomeCounts, "How many ended in each outcome."),
    Field("median_wait_seconds", secondsOrNull, "Waiting for the peer; null if it never answered."),
    Field("local_ports", .count, "How many local ports were used."),
    Field("port_changes", .count, "How often the port was another than before."),
    Field("resets_sent", .count, "Rounds that ended with a RST by this host."),
    Field("reset_by_peer", .count, "Rounds that the peer reset."),
    Field("unread_rounds", .count, "Rounds in which data was left unread."),
    Field("closed_first", .count, "Rounds that this host closed first."),
  ]
  private static let method = defined(
    Definition(
      "method", "One way of connecting again; times are those of the calls on this host.",
      either([
        object(methodFields + timeStatistics),
        object(methodFields + [Field("median_seconds", .null, "Null: no call went through.")]),
      ])))

  private static let saving = defined(
    Definition(
      "saving", "The difference of pairs of rounds.",
      [
        Field("pairs", .atLeast(1), "How many pairs."),
        Field("median_seconds", .number, "The median; negative if it costs."),
        Field("low_seconds", orNull(.number), "It is no less, at 95 %; null with few pairs."),
        Field("high_seconds", orNull(.number), "It is no more, at 95 %; null with few pairs."),
        Field("shown", .boolean, "Whether the difference is significant."),
      ]))

  private static let peer = defined(
    Definition(
      "peer", "What the peer does towards a client that says nothing.",
      [
        Field("outcome", connectOutcome, "What became of the connect."),
        Field("errno", orNull(errno), "The errno; null if there is none."),
        Field(
          "conduct", orNull(.words(PeerSurvey.Conduct.words)), "What it did; null if not open."),
        Field("watched_seconds", .seconds, "How long it was watched."),
        Field("bytes", orNull(.atLeast(1)), "How much it sent; null if nothing."),
      ]))
}
