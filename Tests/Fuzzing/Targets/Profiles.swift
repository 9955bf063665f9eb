import InputFiles
import TCPModel

extension FuzzTarget {
  /// Profiles as people write them; catalogues of devices and of programs are such.
  static let profiles = FuzzTarget("profiles", rate: 1500) { (bytes) throws(FuzzFault) in
    let source = ProfileSource(file: "input.yaml", bytes: bytes)
    do throws(ProfileError) {
      _ = try ProfileReader.profile(from: source) { (path, _) throws(ProfileError) in
        path == "input.yaml" ? source : nil
      }
    } catch {
      try error.check(in: bytes)
    }
  }
}

extension ProfileError {
  /// Refuses an error without words, or at a place that the file does not have.
  func check(in bytes: [UInt8]) throws(FuzzFault) {
    if message.isEmpty { throw FuzzFault("an error without a message") }
    guard let location else { return }
    // Every line break that YAML has is such a byte, or the end of one of several bytes.
    let lines = bytes.count { [0x0a, 0x0d, 0x85, 0xa8, 0xa9].contains($0) } + 1
    guard location.line >= 1, location.column >= 1, location.line <= lines else {
      throw FuzzFault("line \(location.line), column \(location.column) of \(lines) lines")
    }
  }
}
