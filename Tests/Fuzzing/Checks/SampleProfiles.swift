import Advisor
import InputFiles

/// Profiles under which hosts are judged that an input describes.
enum SampleProfiles {
  static let server = profile("server")

  private static func profile(_ name: String) -> Profile {
    do throws(ProfileError) {
      return try BuiltInProfiles.profile(named: name)
    } catch {
      preconditionFailure("\(error)")
    }
  }
}
