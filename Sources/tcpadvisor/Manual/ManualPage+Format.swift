import InputFiles
import Reports

extension ManualPage {
  /// A map of a file format: what it is called, and its fields with what they mean.
  struct Form {
    let name: String
    let fields: [(name: String, meaning: String)]

    init(_ name: String, _ fields: [(name: String, meaning: String)]) {
      (self.name, self.fields) = (name, fields)
    }
  }

  /// Returns the fields of all forms, each under its heading.
  static func list(of forms: [Form]) -> String {
    forms.map { form in
      let items = form.fields.map {
        ".It Cm \(ManualText.word($0.name))\n\(ManualText.filled($0.meaning))"
      }
      return ".Ss \(form.name)\n.Bl -tag -width Ds\n\(items.joined()).El\n"
    }.joined()
  }
}
