/// The labels of a series: `{target="a", address="b"}`.
struct PrometheusLabels {
  private let labels: [(name: String, value: String)]

  init(_ labels: [(String, String)]) { self.labels = labels.map { ($0.0, $0.1) } }

  var text: String {
    "{\(labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }.joined(separator: ","))}"
  }

  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.printable.unicodeScalars {
      switch scalar {
      case "\\": escaped += "\\\\"
      case "\"": escaped += "\\\""
      case "\n": escaped += "\\n"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
