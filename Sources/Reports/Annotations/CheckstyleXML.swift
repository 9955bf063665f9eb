import Advisor
import TCPModel

/// Checkstyle's XML, which many tools read.
enum CheckstyleXML: AnnotationFormat {
  static let name = "checkstyle"

  static func text(of run: AnnotationRun) -> String {
    let byFile = Dictionary(grouping: run.counting, by: \.location.file)
    let files = run.files.compactMap { file in byFile[file].map { (file, $0) } }
    let elements = files.map { file, annotations in
      "  \(XMLText.start("file", ["name": file]))\n"
        + annotations.map { "    \(element(of: $0))\n" }.joined() + "  </file>\n"
    }
    return XMLText.declaration + "<checkstyle version=\"4.3\">\n" + elements.joined()
      + "</checkstyle>\n"
  }

  private static func element(of annotation: Annotation) -> String {
    XMLText.element(
      "error",
      [
        "line": "\(annotation.location.line)", "column": "\(annotation.location.column)",
        "severity": annotation.level == .note ? "info" : annotation.level.rawValue,
        "message": "\(annotation.message). \(annotation.remedy)",
        "source": "\(Tool.name).\(annotation.rule)",
      ])
  }
}
