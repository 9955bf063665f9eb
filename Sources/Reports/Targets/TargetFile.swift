package import Advisor

/// A file, and the target that it belongs to.
package struct TargetFile: Sendable {
  package let target: String
  package let file: EmittedFile

  fileprivate var json: JSON {
    ["target": .string(target), "name": .string(file.name), "text": .string(file.text)]
  }
}

/// What a target made of a plan.
package struct TargetEmission: Sendable {
  package let target: String
  package let files: [TargetFile]
  /// See `Emission.unmet`.
  package let unmet: [String]
  /// See `Emission.remarks`.
  package let remarks: [String]

  package init(of target: String, _ emission: Emission) {
    self.target = target
    files = emission.files.map { TargetFile(target: target, file: $0) }
    (unmet, remarks) = (emission.unmet, emission.remarks)
  }
}

extension PortablePlan {
  /// The answer of `emit`.
  package func json(of emissions: [TargetEmission]) -> JSON {
    let files = emissions.flatMap(\.files)
    let only = files.count == 1 ? files.first : nil
    func sentences(_ texts: (TargetEmission) -> [String]) -> JSON {
      .array(
        emissions.flatMap { emission in
          texts(emission).map { ["target": .string(emission.target), "text": .string($0)] }
        })
    }
    return [
      "target": .text(only?.target), "file_name": .text(only?.file.name),
      "text": .text(only?.file.text), "files": .array(files.map(\.json)),
      "unmet": sentences(\.unmet),
      "remarks": sentences(\.remarks), "plan": plan.json, "kernels": .array(kernels.map(\.json)),
    ]
  }
}
