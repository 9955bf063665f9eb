/// A suite of JUnit XML, in the one shape that the schemas of Ant and of Jenkins both take.
struct JUnitSuite {
  let name, command: String
  var properties: [(name: String, value: String)] = []
  let cases: [JUnitCase]

  static func document(of suites: [String]) -> String {
    XMLText.declaration + "<testsuites>\n" + suites.joined() + "</testsuites>\n"
  }

  func text(index: Int) -> String {
    let start = XMLText.start(
      "testsuite",
      [
        "id": "\(index)", "package": "\(Tool.name).\(command)", "name": name,
        "tests": "\(cases.count)", "failures": "\(cases.count { $0.result.kind == "failure" })",
        "errors": "\(cases.count { $0.result.kind == "error" })",
        "skipped": "\(cases.count { $0.result.kind == "skipped" })", "time": "0",
        // Ant's schema wants one, and the report has none that would not change.
        "timestamp": "1970-01-01T00:00:00", "hostname": "localhost",
      ])
    return "  \(start)\n    \(propertyList)\n" + cases.map(\.text).joined()
      + "    <system-out/>\n    <system-err/>\n  </testsuite>\n"
  }

  private var propertyList: String {
    if properties.isEmpty { return "<properties/>" }
    let elements = properties.map {
      XMLText.element("property", ["name": $0.name, "value": $0.value])
    }
    return "<properties>\(elements.joined())</properties>"
  }
}

/// A case of JUnit XML.
struct JUnitCase {
  enum Result {
    case passed
    case skipped(String)
    /// Of a type, with a message and a text.
    case failed(String, String, String)
    case error(String)

    /// The element that tells it; nil where there is none.
    var kind: String? {
      switch self {
      case .passed: nil
      case .skipped: "skipped"
      case .failed: "failure"
      case .error: "error"
      }
    }
  }

  private let name, place: String
  let result: Result

  /// - Parameter place: what JUnit calls the class.
  init(_ name: String, of place: String, _ result: Result) {
    (self.name, self.place, self.result) = (name, place, result)
  }

  var text: String {
    let attributes: KeyValuePairs = ["name": name, "classname": place, "time": "0"]
    guard let inner else { return "    \(XMLText.element("testcase", attributes))\n" }
    return "    \(XMLText.start("testcase", attributes))\(inner)</testcase>\n"
  }

  private var inner: String? {
    switch result {
    case .passed: nil
    case .skipped(let message): XMLText.element("skipped", ["message": message])
    case .failed(let type, let message, let text):
      XMLText.start("failure", ["message": message, "type": type]) + XMLText.escaped(text)
        + "</failure>"
    case .error(let message):
      XMLText.start("error", ["message": message, "type": "error"]) + "</error>"
    }
  }
}
