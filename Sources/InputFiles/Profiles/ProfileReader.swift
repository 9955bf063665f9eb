package import Advisor

extension Node {
  /// Whether it says what is known of devices or programs.
  fileprivate var isCatalogue: Bool {
    ["middleboxes", "software"].contains { self[$0]?.entries.isEmpty == false }
  }
}

/// Makes a profile from its YAML; every byte comes from the caller.
package enum ProfileReader {
  /// Reads a profile with all that it extends.
  ///
  /// An entry of `extends` that contains a slash or ends in `.yaml` or `.yml` is a file, relative to
  /// the one that names it, and asked for; any other is a built-in profile. An error of `resolving`
  /// that has no place gets the place of the entry, and so does nil.
  package static func profile(
    from source: ProfileSource, resolving: ProfileResolver = { _, _ in nil }
  ) throws(ProfileError) -> Profile {
    var inheritance = ExtendsResolver()
    let tree = try inheritance.tree(of: source, resolving: resolving)
    let root = tree.merged(over: try catalogue())
    let fields = try FieldReader(root, of: "a profile", known: ProfileFormat.profile)
    let profile = try Profile(fields, file: source.file)
    let isEmpty = profile.sysctls.isEmpty && profile.groups.allSatisfy(\.objectives.isEmpty)
    // A file with nothing but a catalogue is there to be extended.
    if isEmpty, try Node.document(in: source).isCatalogue == false {
      throw ProfileError(
        "the profile asks for nothing: it needs objectives or sysctls", at: root.mark)
    }
    return profile
  }

  /// Returns the middleboxes and programs that every profile knows.
  private static func catalogue() throws(ProfileError) -> Node {
    let base = try BuiltInProfiles.base.get()
    let middleboxes = base.entries.filter { $0.key == "middleboxes" }
    return Node(.map(middleboxes + (try BuiltInProfiles.software.get()).entries), at: base.mark)
  }

  /// Returns what is known of programs, whether or not a profile names them, in the order of their
  /// catalogue.
  package static func knownPrograms() throws(ProfileError) -> [KnownProgram] {
    try KnownProgram.catalogue(BuiltInProfiles.software.get()["software"]).programs
  }
}
