import Advisor
import TCPModel

/// JUnit XML, in the one shape that the schemas of Ant and of Jenkins both take: a suite for each
/// file, a case for each annotation. Notes, and what is silenced, are cases that were skipped.
enum JUnitXML: AnnotationFormat {
  static let name = "junit"

  static func text(of run: AnnotationRun) -> String {
    let byFile = Dictionary(grouping: run.annotations, by: \.location.file)
    let troubles = Dictionary(grouping: run.troubles, by: \.file)
    let files = run.files + troubles.keys.sorted().filter { !run.files.contains($0) }
    let suites = files.enumerated().map { index, file in
      suite(
        file, index: index, command: run.command, byFile[file] ?? [], troubles[file] ?? [])
    }
    return XMLText.declaration + "<testsuites>\n" + suites.joined() + "</testsuites>\n"
  }

  private static func suite(
    _ file: String, index: Int, command: String, _ annotations: [Annotation],
    _ troubles: [AnnotationRun.Trouble]
  ) -> String {
    let isEmpty = annotations.isEmpty && troubles.isEmpty
    let cases =
      annotations.map { testCase(of: $0, in: file) }
      + troubles.map { testCase("read", in: file, failing: ("error", $0.reason, "")) }
      + (isEmpty ? [testCase("nothing found", in: file, failing: nil)] : [])
    let start = XMLText.start(
      "testsuite",
      [
        "id": "\(index)", "package": "\(Tool.name).\(command)", "name": file,
        "tests": "\(cases.count)", "failures": "\(annotations.count { $0.isFailure })",
        "errors": "\(troubles.count)",
        "skipped": "\(annotations.count { !$0.isFailure })", "time": "0",
        // Ant's schema wants one, and the report has none that would not change.
        "timestamp": "1970-01-01T00:00:00", "hostname": "localhost",
      ])
    return "  \(start)\n    <properties/>\n" + cases.joined()
      + "    <system-out/>\n    <system-err/>\n  </testsuite>\n"
  }

  private static func testCase(of annotation: Annotation, in file: String) -> String {
    let name = "\(annotation.rule) in line \(annotation.location.line)"
    if let suppression = annotation.suppression {
      return testCase(name, in: file, failing: ("skipped", "silenced: \(suppression.reason)", ""))
    }
    guard annotation.isFailure else {
      return testCase(name, in: file, failing: ("skipped", "note: \(annotation.message)", ""))
    }
    let text = "\(annotation.location): \(annotation.message). \(annotation.remedy)"
    return testCase(name, in: file, failing: ("failure", annotation.message, text))
  }

  /// - Parameter failing: the element within, its message, and its text.
  private static func testCase(
    _ name: String, in file: String, failing: (kind: String, message: String, text: String)?
  ) -> String {
    let attributes: KeyValuePairs = ["name": name, "classname": file, "time": "0"]
    guard let failing else { return "    \(XMLText.element("testcase", attributes))\n" }
    let type: KeyValuePairs = ["message": failing.message, "type": failing.kind]
    let message: KeyValuePairs = ["message": failing.message]
    let isSkipped = failing.kind == "skipped"
    let inner =
      isSkipped
      ? XMLText.element(failing.kind, message)
      : "\(XMLText.start(failing.kind, type))\(XMLText.escaped(failing.text))</\(failing.kind)>"
    return "    \(XMLText.start("testcase", attributes))\(inner)</testcase>\n"
  }
}

extension Annotation {
  fileprivate var isFailure: Bool { suppression == nil && level != .note }
}
