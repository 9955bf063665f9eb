import InputFiles
import Reports
import TCPModel

extension ProfileSchema {
  /// The keys of the catalogue each with what it holds, and any that are not of the network.
  static var requirements: JSON {
    let keys = SysctlCatalog.all.map { sysctl in
      let about: JSON = [
        "title": .string(sysctl.key.rawValue), "description": .string(sysctl.about),
      ]
      return (sysctl.key.rawValue, removable(reference(sysctl.demandName)).merging(about))
    }
    let part = "[/:_]*[A-Za-z0-9][A-Za-z0-9/:_-]*"
    let others = "^(?!net[./])\(part)(\\.\(part))+$"
    return closed(keys).merging(["patternProperties": .object([others: otherDemand])])
  }

  /// One definition for all keys that hold the same.
  static var demandDefinitions: JSON {
    let definitions = SysctlCatalog.all.map { ($0.demandName, requirement(on: $0)) }
    return .object(Dictionary(definitions) { $1 })
  }

  private static func requirement(on sysctl: Sysctl) -> JSON {
    requirement(value: setting(of: sysctl), bound: sysctl.kind == .text ? nil : setting(of: sysctl))
  }

  private static var otherDemand: JSON {
    removable(requirement(value: oneOrMany(scalar("")), bound: oneOrMany(number(in: nil))))
  }

  /// - Parameter bound: nil where the values have no order.
  private static func requirement(value: JSON, bound: JSON?) -> JSON {
    let properties = ProfileFormat.requirement.fields.compactMap { field -> (String, JSON)? in
      let schema: JSON? =
        switch field.shape {
        case .setting: value
        case .bound: bound
        default: schema(of: field.shape)
        }
      return schema.map { (field.name, removable($0).merging(about(field))) }
    }
    return closed(properties).merging(["not": severalForms])
  }

  private static func setting(of sysctl: Sysctl) -> JSON {
    switch sysctl.kind {
    case .number: return oneOrMany(number(in: sysctl.range))
    case .text: return oneOrMany(scalar(sysctl.unit == .name ? "\\S" : ""))
    case .numbers(let count):
      let list: JSON = [
        "type": "array", "items": number(in: nil), "minItems": .integer(count),
        "maxItems": .integer(count),
      ]
      let words = "^\\s*[+-]?[0-9]+(\\s+[+-]?[0-9]+){\(count - 1)}\\s*$"
      return ["anyOf": [list, text(words)]]
    }
  }

  /// A demand is one of value, keep, and the two bounds.
  private static var severalForms: JSON {
    let pairs = [
      ["value", "keep"], ["value", "at_least"], ["value", "at_most"], ["keep", "at_least"],
      ["keep", "at_most"],
    ]
    return ["anyOf": .array(pairs.map(present))]
  }

  /// A map that has all of these, and not as null.
  static func present(_ fields: [String]) -> JSON {
    let isThere: JSON = ["not": ["type": "null"]]
    return [
      "type": "object", "required": names(fields),
      "properties": .object(Dictionary(fields.map { ($0, isThere) }) { $1 }),
    ]
  }
}

extension Sysctl {
  /// The definition of what can be asked of it.
  fileprivate var demandName: String {
    switch kind {
    case .number: range.map { "number-\($0.lowerBound)..\($0.upperBound)" } ?? "number"
    case .numbers(let count): "numbers-\(count)"
    case .text: unit == .name ? "sysctl-name" : "sysctl-text"
    }
  }

  fileprivate var about: String {
    let today = defaultValue.map { $0.isEmpty ? "; empty by default" : "; default \($0)" } ?? ""
    let range = range.map { "; \($0.lowerBound) to \($0.upperBound)" } ?? ""
    let since = since.map { "; since Linux \($0)" } ?? ""
    return unit.rawValue + today + range + since
  }
}
