/// A gauge of a textfile: its help and type, and then a line for each of its series.
struct PrometheusGauge {
  private let name: String
  /// What stands above the first line; a gauge without any has none.
  private var head: String

  init(_ name: String, _ help: String) {
    self.name = name
    head = "# HELP \(name) \(help)\n# TYPE \(name) gauge\n"
  }

  /// Returns how a series is named: `name{target="a", address="b"}`.
  func series(_ labels: [(String, String)]) -> String {
    let pairs = labels.map { "\($0.0)=\"\(Self.escaped($0.1))\"" }
    return "\(name){\(pairs.joined(separator: ","))}"
  }

  /// Returns the line of a series, below the head if it is the first.
  mutating func line(_ series: String, _ value: String) -> String {
    defer { head = "" }
    return "\(head)\(series) \(value)\n"
  }

  private static func escaped(_ text: String) -> String {
    text.printable.replacingScalars(["\\": "\\\\", "\"": "\\\"", "\n": "\\n"])
  }
}
