/// A field of a map in a profile: its name, what may stand there, and what it means.
package struct Field: Sendable {
  package let name: String
  package let shape: FieldType
  package let meaning: String

  init(_ name: String, _ shape: FieldType, _ meaning: String) {
    (self.name, self.shape, self.meaning) = (name, shape, meaning)
  }
}

/// The fields of a map that a profile consists of.
package struct RecordSchema: Sendable {
  /// What a map of this form is called.
  package let name: String
  package let fields: [Field]

  init(_ name: String, _ fields: [Field]) { (self.name, self.fields) = (name, fields) }
}

/// What may stand at a place in a profile.
package indirect enum FieldType: Sendable {
  /// The version of the format.
  case version
  /// Any text on one line.
  case text
  /// What can be part of a file's name.
  case name
  /// An IP address, or a prefix such as `10.0.0.0/8`.
  case network
  /// An ISO date.
  case date
  case boolean
  /// Yes, or nothing.
  case yes
  case integer(ClosedRange<Int>)
  case duration
  case positiveDuration
  /// A duration or a range of two; both are longer than nothing.
  case durations
  /// One of these names.
  case choice([String])
  /// One of these names, in upper or lower case, with `-` or `_`.
  case anyCase([String])
  /// A name; these are known, others may be.
  case known([String])
  /// A built-in profile or the path of a file.
  case profile([String])
  /// A list, or a single value that stands for a list of one.
  case list(FieldType)
  /// A list of at least one map; it must have the first of the fields.
  case maps(RecordSchema)
  case map(RecordSchema)
  /// Maps by name; of the names that nobody knows each needs the fields in `needed`.
  case named(RecordSchema, known: [String], needed: [String])
  /// Demands on sysctls, by key.
  case requirements(RecordSchema)
  /// A value of the sysctl that the demand is on.
  case setting
  /// A number of that sysctl, or several.
  case bound
}
