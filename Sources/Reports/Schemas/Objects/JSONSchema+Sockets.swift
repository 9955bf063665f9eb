import NetAddress
import Observations
import TCPModel

extension JSONSchema {
  /// The sockets of a host.
  static let sockets: [Field] = [
    Field(
      "sockets",
      .list(defined(Definition("socket", "A TCP socket.", socketFields))), "Every socket."),
    Field(
      "namespaces",
      .list(
        defined(
          Definition("namespace", "The sockets of a network namespace together.", namespaceFields))),
      "Every network namespace."),
  ]

  private static let netns = Field(
    "netns", textOrNull, "The network namespace; null if its name is not known.")
  private static let processName = Field("process", textOrNull, "The program; null if not known.")

  static let socketFields: [Field] =
    tableFields + infoFields + [
      netns, processName,
      Field("findings", findings, "What the profile requires of it."),
      Field("pid", countOrNull, "The process that stands for all; null if none is known."),
      Field("fd", countOrNull, "Its descriptor; null if none is known."),
      Field("container", textOrNull, "The container of that process; null if it is in none."),
      Field(
        "owners",
        .list(of: [
          Field("pid", .count, "A process."), Field("fd", .count, "Its descriptor."),
        ]), "All processes that have it open."),
      Field("options", orNull(readOptions), "As getsockopt tells; null if they are not known."),
      Field(
        "set_by_program", orNull(socketOptions),
        "Those that the program has set, by name; null if they are not known."),
      Field("options_unknown_because", textOrNull, "Why they are not known; null otherwise."),
      Field(
        "scenarios", .list(forecast), "When it would notice a dead peer, from each of its states."),
      Field("ongoing", orNull(ongoing), "What it is in the middle of; null if nothing."),
    ]

  /// What the kernel's socket table says.
  private static let tableFields: [Field] = [
    Field("local", .text, "The local address with its port."),
    Field("remote", .text, "The peer's address with its port."),
    Field("state", .words(TCPState.allCases.map(\.name)), "The TCP state."),
    Field("uid", .count, "The user who made it."),
    Field("inode", .count, "That of the open file; 0 if no process has it open."),
    Field("cookie", .pattern("^[0-9a-f]+$"), "The kernel's own name of it, hexadecimal."),
    Field(
      "timer", orNull(.words(InetDiagSocket.Timer.allCases.map(\.name))),
      "The timer that runs; null if none does."),
    Field("timer_seconds", secondsOrNull, "Until it fires; null if none runs."),
    Field("retransmissions", .count, "Timeouts or probes so far."),
    Field("receive_queue", .count, "Bytes to be read; of a listener, connections to be accepted."),
    Field("send_queue", .count, "Bytes not acknowledged; of a listener, the most to be accepted."),
    Field("receive_buffer", countOrNull, "SO_RCVBUF as it reads back, in bytes."),
    Field("send_buffer", countOrNull, "SO_SNDBUF as it reads back, in bytes."),
    Field("congestion_control", textOrNull, "Its algorithm; null if not known."),
    Field(
      "upper_layer", textOrNull, "What the kernel speaks on top, such as tls; null if nothing."),
  ]

  /// What TCP_INFO says; null where the kernel does not tell.
  private static let infoFields: [Field] = [
    Field("rtt_seconds", secondsOrNull, "The smoothed round trip."),
    Field("rto_seconds", secondsOrNull, "The retransmission timeout."),
    Field("backoff", countOrNull, "How often that was doubled."),
    Field("unacknowledged", countOrNull, "Segments in flight."),
    Field("since_last_received_seconds", secondsOrNull, "Since data came."),
    Field("since_last_acknowledged_seconds", secondsOrNull, "Since an acknowledgement came."),
  ]

  private static let readOptions = defined(
    Definition(
      "read_options", "Socket options; those that the kernel lacks are left out.",
      SocketOption.all.map { option in
        Field(
          option.fieldName, .integer, "\(option.name) (\(option.unit.rawValue))",
          isRequired: false)
      } + [
        Field("tcp_nodelay", orNull(.integers(0...1)), "Whether small segments leave at once."),
        Field("so_linger_seconds", secondsOrNull, "How long close waits; null if it does not."),
        Field("so_rcvtimeo_seconds", secondsOrNull, "How long reading blocks; null if for ever."),
        Field("so_sndtimeo_seconds", secondsOrNull, "How long writing blocks; null if for ever."),
      ]))

  private static let forecast = defined(
    Definition(
      "socket_scenario", "When the socket ends in a scenario.",
      [
        Field("scenario", scenario, "The scenario."),
        Field("errno", orNull(errno), "What the program is told; null if nothing."),
        Field("assumed", .boolean, "Whether its options are not known and taken to be unset."),
      ] + timeToEnd))

  private static let ongoing = defined(
    Definition(
      "ongoing", "What the socket is in the middle of; its end is counted from now.",
      [
        Field("scenario", scenario, "The scenario."),
        Field("errno", orNull(errno), "What the program will be told; null if nothing."),
        Field("unanswered", .count, "Retransmissions or probes without an answer."),
        Field("next_seconds", .number, "Until the next timer is due."),
        Field("assumed", .boolean, "Whether its options are not known and taken to be unset."),
        Field(
          "since", orNull(defined(Definition("since", "How long it has lasted.", range))),
          "How long it has lasted; null if that is not known."),
        Field("silent_seconds", secondsOrNull, "Since the peer sent anything; null if not known."),
        Field("decided_by", .list(.text), "What decides the end."),
        Field("text", .text, "The same in words."),
      ] + timeToEnd))

  static let namespaceFields: [Field] = [
    netns,
    Field("name", textOrNull, "What people call it; null if it has no name."),
    Field("containers", .list(.text), "The containers in it."),
    Field("sockets", .count, "How many sockets it has."),
    Field("unseen_processes", .count, "Processes whose descriptors this user may not see."),
    Field("groups", .list(of: group), "Connections of one program to one peer, alike in options."),
    Field("listeners", .list(of: listener), "Listeners and their queues."),
    Field("destinations", .list(of: destination), "Local ports in use by destination."),
  ]

  private static let group: [Field] = [
    processName, Field("peer", .text, "The peer, or a port of this host or of many peers."),
    Field("sockets", .count, "How many sockets."),
    Field("waiting", .count, "How many of them wait for an answer now."),
    Field("both_ends_here", .boolean, "Whether the peer is this host too."),
    Field("basis", .text, "The options that they set, or why these are not known."),
    Field("scenarios", .list(forecast), "When they would notice a dead peer."),
  ]

  private static let listener: [Field] = [
    processName, Field("local", .text, "The address with its port."),
    Field("waiting", .count, "Connections that wait to be accepted."),
    Field("limit", .count, "How many may wait."),
    Field("handshakes", .count, "Handshakes under way."),
    Field("full", .boolean, "Whether no more may wait."),
    Field("at_somaxconn", .boolean, "Whether net.core.somaxconn is what limits them."),
  ]

  private static let destination: [Field] = [
    Field("source", .text, "The local address."),
    Field("destination", .text, "The peer's address with its port."),
    Field("ports_used", .count, "Local ports in use."),
    Field("time_wait", .count, "Of them in TIME-WAIT."),
    Field("ports_available", countOrNull, "Local ports there are; null if not known."),
  ]
}
