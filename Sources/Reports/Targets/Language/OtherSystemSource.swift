import Advisor
import TCPModel

/// C for a system other than Linux: the groups as rows of numbers, which functions of the system's own
/// options take.
protocol OtherSystemSource: LanguageSource {
  /// As people write it.
  var system: String { get }
  /// What its options are and are not.
  var advice: String { get }
  /// The headers, and names that these may lack.
  var headers: String { get }
  /// What takes the rows.
  var functions: String { get }
}

extension OtherSystemSource {
  var omission: String? { "TCP_SYNCNT and TCP_RTO_MAX_MS, which \(system) does not have" }

  func text(for groups: [CodeGroup], head: String) -> String {
    let modelled =
      "The numbers are those of the plan for Linux: the timers of \(system) are not modelled."
    let parts = [headers, otherSystemRow, functions, otherSystemRows]
    return head + comments([modelled, advice]) + parts.joined(separator: "\n\n") + "\n"
      + groups.map(row).joined() + "};\n"
  }

  private func row(_ group: CodeGroup) -> String {
    let options = Dictionary((group.before + group.after).map { ($0.option, $0.value) }) { $1 }
    let missing = [SocketOption.synCount, .rtoMax].filter { options[$0] != nil }
    let maximum = options[.userTimeout].map { max(1, $0 / 1000) } ?? 0
    let numbers =
      [SocketOption.keepalive, .keepIdle, .keepInterval, .keepCount].map { options[$0] ?? 0 }
      + [maximum, group.deadline ?? -1, group.heartbeat ?? -1]
    let texts = [group.group.name.codeQuoted] + numbers.map(String.init)
    return comments(group.notes, indent: "    ")
      + comments(missing.map { "\($0) has no equivalent here." }, indent: "    ")
      + "    { \(texts.joined(separator: ", ")) },\n"
  }
}

private let otherSystemRow = """
  // What the sockets of a group get; seconds where zero leaves what the system has, and milliseconds where
  // -1 is no limit.
  struct tcpadvisor_connections {
      const char *name;
      int keepalive, idle, interval, count, maximum, deadline_ms, heartbeat_ms;
  };
  """

private let otherSystemRows = """
  // The groups by their names.
  static const struct tcpadvisor_connections tcpadvisor_groups[] = {
  """
