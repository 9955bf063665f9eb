import Advisor
import InputFiles

/// Reads YAML as the file `profile.yaml`; `others` are the files it may extend.
func read(
  _ yaml: String, others: [String: String] = [:]
) throws(ProfileError) -> Profile {
  try read(ProfileSource(file: "profile.yaml", bytes: Array(yaml.utf8)), others: others)
}

func read(
  _ source: ProfileSource, others: [String: String] = [:]
) throws(ProfileError) -> Profile {
  try ProfileReader.profile(from: source) { (path, _) throws(ProfileError) in
    others[path].map { ProfileSource(file: path, bytes: Array($0.utf8)) }
  }
}

/// The error of a profile that must not be read; nil where it was read.
func failure(_ yaml: String, others: [String: String] = [:]) -> ProfileError? {
  failure(ProfileSource(file: "profile.yaml", bytes: Array(yaml.utf8)), others: others)
}

func failure(_ source: ProfileSource, others: [String: String] = [:]) -> ProfileError? {
  do throws(ProfileError) {
    _ = try read(source, others: others)
    return nil
  } catch {
    return error
  }
}

/// The two lines that each profile begins with, and the given ones from line 3 on.
func profile(_ lines: String) -> String { "schema: 1\nname: test\n" + lines }
