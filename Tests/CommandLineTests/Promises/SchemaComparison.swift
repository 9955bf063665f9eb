import Foundation

/// What is different between two JSON Schemas for those who use them.
struct SchemaComparison {
  enum Use {
    /// The tool prints what the schema describes: more may come, what there is must stay.
    case printed
    /// The tool reads what the schema describes: more may be taken, what was taken must be.
    case read
  }

  /// Where in what a schema describes, and how the changelog calls that.
  struct Place {
    let path, subject: String

    func field(_ name: String) -> Place {
      Place(path: path.isEmpty ? name : "\(path).\(name)", subject: name)
    }

    var element: Place { Place(path: path + "[]", subject: subject) }
  }

  private let old, new: JSON
  let use: Use
  private(set) var changes: [PromiseChange] = []
  /// Pairs of definitions that have been compared.
  private var compared: Set<[String]> = []

  /// - Parameter name: that of the schema.
  init(of name: String, from old: JSON, to new: JSON, use: Use) {
    (self.old, self.new, self.use) = (old, new, use)
    compare(old, new, at: Place(path: "", subject: name))
  }

  mutating func compare(_ old: JSON, _ new: JSON, at place: Place) {
    if let one = old["$ref"].string, let other = new["$ref"].string {
      guard compared.insert([one, other]).inserted else { return }
    }
    let (old, new) = (old.resolved(in: self.old), new.resolved(in: self.new))
    if old["anyOf"].isPresent || new["anyOf"].isPresent {
      return compareForms(old.forms(in: self.old), new.forms(in: self.new), at: place)
    }
    compareTypes(old["type"].words, new["type"].words, at: place)
    compareValues(old["enum"].words, new["enum"].words, at: place)
    for keyword in ["properties", "patternProperties"] {
      compareFields(old, new, keyword, at: place)
    }
    for keyword in ["items", "additionalProperties"]
    where old[keyword].isPresent && new[keyword].isPresent {
      compare(old[keyword], new[keyword], at: place.element)
    }
    compareRest(old, new, at: place)
  }

  /// Forms that are the same in both go first; those that are left belong together by their order.
  private mutating func compareForms(_ old: [JSON], _ new: [JSON], at place: Place) {
    var (left, new) = ([JSON](), new)
    for form in old {
      if let index = new.firstIndex(where: { isSame(form, $0, at: place) }) {
        new.remove(at: index)
      } else {
        left.append(form)
      }
    }
    for (one, other) in zip(left, new) { compare(one, other, at: place) }
    for form in left.dropFirst(new.count) {
      add(.removal, at: place, "no longer \(form.text.prefix(80))", breaks: true)
    }
    let isAddition = use == .read || place.path.isEmpty
    for form in new.dropFirst(left.count) {
      add(isAddition ? .addition : .alteration, at: place, "may be \(form.text.prefix(80))")
    }
  }

  private func isSame(_ old: JSON, _ new: JSON, at place: Place) -> Bool {
    var trial = self
    trial.changes = []
    trial.compare(old, new, at: place)
    return trial.changes.isEmpty
  }

  /// - Parameter value: as JSON; the changelog may name it instead of the field.
  mutating func add(
    _ kind: PromiseChange.Kind, at place: Place, _ what: String, named value: String? = nil,
    breaks: Bool = false
  ) {
    let short = place.subject.split(separator: ".").last.map(String.init) ?? place.subject
    let names = [place.subject, short] + (value.map { [$0.filter { $0 != "\"" }] } ?? [])
    changes.append(
      PromiseChange(
        kind: kind, subjects: names,
        description: "\(place.path.isEmpty ? place.subject : place.path): \(what)",
        breaksReaders: breaks && use == .printed && kind != .addition))
  }
}

extension JSON {
  /// The words of a list, or the one that stands for a list of one, as JSON.
  var words: Set<String> {
    isPresent ? Set(array.isEmpty && string != nil ? [text] : array.map(\.text)) : []
  }

  /// The definition that a schema refers to, or the schema itself.
  fileprivate func resolved(in root: JSON) -> JSON {
    guard let name = self["$ref"].string?.split(separator: "/").last else { return self }
    return root["$defs"][String(name)].resolved(in: root)
  }

  /// What may stand in a place, alternatives of alternatives each.
  fileprivate func forms(in root: JSON) -> [JSON] {
    let schema = resolved(in: root)
    return schema["anyOf"].isPresent
      ? schema["anyOf"].array.flatMap { $0.forms(in: root) } : [schema]
  }
}
