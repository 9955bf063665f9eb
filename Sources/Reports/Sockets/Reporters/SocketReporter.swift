package import Advisor
package import TCPModel

/// A format of `sockets`: given the reports of all namespaces, it hands on its text part by part.
package protocol SocketReporter: Sendable {
  /// The word after `--format`.
  static var name: String { get }
  /// Whether it is laid out for people at a terminal: colours stand in it, advice, and where one looks
  /// again what has changed.
  static var isPainted: Bool { get }
  /// Whether it tells all options of a socket, and not just those that decide a time.
  static var tellsAllOptions: Bool { get }

  static func write(
    _ reports: [SocketReport], _ context: SocketReportContext, to sink: (String) -> Void)
}

extension SocketReporter {
  package static var isPainted: Bool { false }
  package static var tellsAllOptions: Bool { true }
}

/// Where the sockets are, and how much of them is shown to whom.
package struct SocketReportContext: Sendable {
  package let host: SettingsSnapshot
  /// Those that are known, for advice.
  package let programs: [KnownProgram]
  package let showsAll: Bool
  package let layout: TextLayout

  package init(
    host: SettingsSnapshot, programs: [KnownProgram], showsAll: Bool, layout: TextLayout
  ) {
    (self.host, self.programs) = (host, programs)
    (self.showsAll, self.layout) = (showsAll, layout)
  }
}

/// The formats of `sockets`; the first is the default.
package enum SocketReporters {
  package static let all: [any SocketReporter.Type] = [
    SocketTextReporter.self, SocketJSONReporter.self, SocketJSONLinesReporter.self,
    SocketCSVReporter.self, SocketPrometheusReporter.self,
  ]

  /// Returns the format of a name; nil if there is none.
  package static subscript(name: String) -> (any SocketReporter.Type)? {
    all.first { $0.name == name }
  }
}
