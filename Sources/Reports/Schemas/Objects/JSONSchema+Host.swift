import Advisor
import NetAddress
import TCPModel

extension JSONSchema {
  static let host = defined(
    Definition(
      "host", "The settings that were looked at.", either([object(hostFields), capturedHost])))

  private static let hostFields: [Field] = [
    Field("kernel", textOrNull, "Its release; null if nobody knows."),
    Field("modelled_as", textOrNull, "The release whose rules stand in for its own, if any."),
    Field("hz", orNull(.integers(1...10_000)), "Timer ticks per second; null if nobody knows."),
    Field("netns", textOrNull, "The network namespace; null if it is that of the tool."),
    Field("source", .text, "Where they were read, such as /proc/sys or a file."),
  ]

  private static let capturedHost = object(
    hostFields + [
      Field(
        "read_as", .words(SettingsCapture.Format.allCases.map(\.name)),
        "What the file was taken for."),
      Field(
        "assumed", .map(textOrNull), "What the file does not say, by key: defaults of its kernel."),
      Field("remarks", .list(.text), "What was skipped, and what looks misspelt."),
    ])

  static let hostOrNull = orNull(host)

  static let kernel = defined(
    Definition(
      "kernel", "A release of Linux.",
      [
        Field("release", .text, "As uname(2) has it, or its first numbers."),
        Field("modelled_as", textOrNull, "The release whose rules stand in for its own, if any."),
      ]))

  /// Sysctls with their values.
  static let sysctls = map(.text)

  /// Socket options that are set, by name.
  static let socketOptions = defined(
    Definition(
      "socket_options", "Socket options with their values; those that nobody sets are left out.",
      SocketOption.all.map { option in
        Field(
          option.name, .integer, "\(option.info.meaning) (\(option.unit.rawValue))",
          isRequired: false)
      }))

  static let scenario = words(of: Scenario.self)
  static let family = words(of: AddressFamily.self)

  static let application = defined(
    Definition(
      "application", "The times that a program keeps by itself; null where it keeps none.",
      [
        Field("connect_timeout_seconds", secondsOrNull, "For connecting to one address."),
        Field("total_seconds", secondsOrNull, "For connecting to all addresses of a name."),
        Field("heartbeat_seconds", secondsOrNull, "Between messages on an idle connection."),
        Field("read_timeout_seconds", secondsOrNull, "For an answer."),
      ]))
}
