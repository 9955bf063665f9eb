package import Advisor
private import CEmbedded
import TCPModel

/// The profiles that the program carries.
package enum BuiltInProfiles {
  /// Their names, sorted.
  package static let names = embedded.keys.sorted()

  /// The names of the programs that every profile knows, in the order of their catalogue.
  package static var programs: [String] {
    (try? software.get())?["software"]?.entries.map(\.key) ?? []
  }

  /// The names of the middleboxes that every profile knows, in the order of the profile base.
  package static var middleboxes: [String] {
    (try? base.get())?["middleboxes"]?.entries.map(\.key) ?? []
  }

  /// What is known of programs, by their names; read once.
  static let software = Result { () throws(ProfileError) in
    try Node.document(
      in: ProfileSource(
        file: "built-in/catalogue/software.yaml", bytes: catalogue["software"] ?? []))
  }

  /// The profile with the catalogue of middleboxes, read once.
  static let base = Result { () throws(ProfileError) in
    try Node.document(in: source(of: "base"))
  }

  /// Returns the YAML of one; nil if none is called so.
  package static func bytes(of name: String) -> [UInt8]? { embedded[name] }

  /// Returns what one is for, in a line; nil if none is called so.
  package static func summary(of name: String) -> String? {
    guard let source = try? source(of: name), let root = try? Node.document(in: source)
    else { return nil }
    return try? root["summary"]?.text()
  }

  /// Reads one.
  package static func profile(named name: String) throws(ProfileError) -> Profile {
    try ProfileReader.profile(from: source(of: name))
  }

  static func source(of name: String) throws(ProfileError) -> ProfileSource {
    if let bytes = bytes(of: name) {
      return ProfileSource(file: "built-in/\(name).yaml", bytes: bytes)
    }
    let nearest = name.utf8.count > 100 ? nil : NearestName.of(name, among: names)
    let known = nearest == nil ? " (there are \(names.joined(separator: ", ")))" : ""
    throw ProfileError(
      "no built-in profile is called \(quoted(name))\(known); a file is named by its path, such as "
        + "./mine.yaml", nearest: nearest)
  }

  private static let embedded = bytes(of: embedded_profiles())
  /// What is beside them, by the names of the files.
  static let catalogue = bytes(of: embedded_catalogue())

  private static func bytes(of files: embedded_files) -> [String: [UInt8]] {
    Dictionary(
      uniqueKeysWithValues: UnsafeBufferPointer(start: files.first, count: files.count).map {
        (String(cString: $0.name), [UInt8](UnsafeBufferPointer(start: $0.bytes, count: $0.length)))
      })
  }
}
