package import Advisor

/// A file, and the target that it belongs to.
package struct TargetFile: Sendable {
  package let target: String
  package let file: EmittedFile

  package init(target: String, file: EmittedFile) { (self.target, self.file) = (target, file) }

  var json: JSON {
    ["target": .string(target), "name": .string(file.name), "text": .string(file.text)]
  }
}

extension PortablePlan {
  /// The answer of `emit`.
  package func json(of files: [TargetFile]) -> JSON {
    let only = files.count == 1 ? files.first : nil
    return [
      "target": .text(only?.target), "file_name": .text(only?.file.name),
      "text": .text(only?.file.text), "files": .array(files.map(\.json)), "plan": plan.json,
      "kernels": .array(kernels.map(\.json)),
    ]
  }
}
