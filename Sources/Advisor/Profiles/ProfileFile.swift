/// A file that a profile was read from, for hosts that are to read it again.
package struct ProfileFile: Hashable, Sendable {
  /// The name of the profile.
  package let profile: String
  /// Below the folder that all files of the profile are in.
  package let path: String
  package let text: String
  /// Whether it is the profile's own, and not one that it extends.
  package let isOwn: Bool

  package init(of profile: String, path: String, text: String, isOwn: Bool) {
    (self.profile, self.path, self.text, self.isOwn) = (profile, path, text, isOwn)
  }
}
