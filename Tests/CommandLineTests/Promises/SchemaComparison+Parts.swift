// What stands in a schema beside its forms.

extension SchemaComparison {
  mutating func compareTypes(_ old: Set<String>, _ new: Set<String>, at place: Place) {
    guard old != new else { return }
    let isWider = use == .read && new.isSuperset(of: old)
    add(
      isWider ? .addition : .alteration, at: place,
      "the type was \(old.sorted()) and is \(new.sorted())", breaks: true)
  }

  mutating func compareValues(_ old: Set<String>, _ new: Set<String>, at place: Place) {
    for value in new.subtracting(old).sorted() {
      // Whoever reads a closed set of words does not know it.
      add(use == .read ? .addition : .alteration, at: place, "new value \(value)", named: value)
    }
    for value in old.subtracting(new).sorted() {
      add(.removal, at: place, "no longer \(value)", named: value)
    }
  }

  mutating func compareFields(
    _ old: JSON, _ new: JSON, _ keyword: String, at place: Place
  ) {
    let (fields, needed) = (old[keyword].names, old["required"].words)
    let (newFields, newNeeded) = (new[keyword].names, new["required"].words)
    for name in newFields.subtracting(fields).sorted() {
      let isDemand = use == .read && newNeeded.contains(name.jsonQuoted)
      add(isDemand ? .alteration : .addition, at: place.field(name), "new")
    }
    for name in fields.subtracting(newFields).sorted() {
      add(.removal, at: place.field(name), "gone", breaks: true)
    }
    for name in fields.intersection(newFields).sorted()
    where !["$schema", "schema_version"].contains(name) {
      let (was, `is`) = (needed.contains(name.jsonQuoted), newNeeded.contains(name.jsonQuoted))
      if was != `is` { compareNeed(`is`, at: place.field(name)) }
      compare(old[keyword][name], new[keyword][name], at: place.field(name))
    }
  }

  private mutating func compareNeed(_ isNeeded: Bool, at place: Place) {
    let isSofter = isNeeded == (use == .printed)
    add(
      isSofter ? .addition : .alteration, at: place,
      "is \(isNeeded ? "now" : "no longer") required",
      breaks: true)
  }

  /// Keywords that have no parts of their own here; not those that only explain.
  mutating func compareRest(_ old: JSON, _ new: JSON, at place: Place) {
    let known: Set = [
      "type", "enum", "properties", "patternProperties", "required", "description", "title",
      "$defs",
      "$schema", "$id",
    ]
    for keyword in old.names.union(new.names).subtracting(known).sorted() {
      let hasParts = ["items", "additionalProperties"].contains(keyword)
      let isPart =
        hasParts && old[keyword].isPresent && new[keyword].isPresent
        && !old[keyword].names.isEmpty && !new[keyword].names.isEmpty
      if !isPart, old[keyword].text != new[keyword].text {
        add(
          .alteration, at: place,
          "\(keyword) was \(old[keyword].text.prefix(80)) and is \(new[keyword].text.prefix(80))")
      }
    }
  }
}

extension String {
  fileprivate var jsonQuoted: String { JSON(self).text }
}
