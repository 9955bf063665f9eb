import Advisor
import TCPModel

/// JUnit XML, in the one shape that the schemas of Ant and of Jenkins both take: a suite for each
/// file, a case for each annotation. Notes, and what is silenced, are cases that were skipped.
enum JUnitXML: AnnotationFormat {
  static let name = "junit"

  static func text(of run: AnnotationRun) -> String {
    let byFile = Dictionary(grouping: run.annotations, by: \.location.file)
    let troubles = Dictionary(grouping: run.troubles, by: \.file)
    let omissions = Dictionary(grouping: run.omissions, by: \.file)
    let files = run.files + troubles.keys.sorted().filter { !run.files.contains($0) }
    let suites = files.enumerated().map { index, file in
      JUnitSuite(
        name: file, command: run.command,
        cases: cases(of: file, byFile[file] ?? [], troubles[file] ?? [])
          + (omissions[file] ?? []).map { JUnitCase("read whole", of: file, .skipped($0.reason)) }
      ).text(index: index)
    }
    return JUnitSuite.document(of: suites)
  }

  private static func cases(
    of file: String, _ annotations: [Annotation], _ troubles: [AnnotationRun.Trouble]
  ) -> [JUnitCase] {
    if annotations.isEmpty, troubles.isEmpty {
      return [JUnitCase("nothing found", of: file, .passed)]
    }
    return annotations.map { testCase(of: $0, in: file) }
      + troubles.map { JUnitCase("read", of: file, .error($0.reason)) }
  }

  private static func testCase(of annotation: Annotation, in file: String) -> JUnitCase {
    let name = "\(annotation.rule) in line \(annotation.location.line)"
    if let suppression = annotation.suppression {
      return JUnitCase(name, of: file, .skipped("silenced: \(suppression.reason)"))
    }
    if annotation.level == .note {
      return JUnitCase(name, of: file, .skipped("note: \(annotation.message)"))
    }
    let text = "\(annotation.location): \(annotation.message). \(annotation.remedy)"
    return JUnitCase(name, of: file, .failed("failure", annotation.message, text))
  }
}
