import Glibc

/// The host's databases of names as its own getent(1) tells them, by whatever its configuration asks.
package struct NameDatabase: Sendable {
  /// Why it tells nothing.
  package enum Failure: Error, Equatable, Sendable {
    /// The program is in none of its places.
    case missing
    /// So the program ended.
    case ended(CInt)
    case systemCall(SystemCallError)
  }

  /// Where distributions have it; never looked for along PATH, which root does not always choose.
  package static let places = [
    "/usr/bin/getent", "/bin/getent", "/run/current-system/sw/bin/getent",
  ]
  private static let limit = 1 << 22

  private let program: String?

  package init(places: [String] = Self.places) {
    program = places.first { access($0, X_OK) == 0 }
  }

  /// Returns the lines of a database for a key, in words; all its lines where there is none.
  package func entries(of database: String, _ key: String? = nil) throws(Failure) -> [[Substring]] {
    guard let program else { throw .missing }
    let (text, status) = try output(of: [program, database] + (key.map { [$0] } ?? []))
    guard status == 0 else { throw .ended(status) }
    return text.split(separator: "\n").map { line in
      line.split { $0 == " " || $0 == "\t" }
    }
  }

  private func output(of words: [String]) throws(Failure) -> (String, CInt) {
    do throws(SystemCallError) {
      let nothing = try Descriptor.opening("/dev/null", O_RDONLY)
      let pipe = try Descriptor.pipe()
      var child = try ChildProcess(running: words, input: nothing, output: pipe.writeEnd)
      let reading = pipe.takeReadEnd()
      let bytes = try DescriptorIO.readAll(reading.number, words[0], limit: Self.limit)
      return (String(decoding: bytes, as: UTF8.self), try child.wait())
    } catch {
      throw .systemCall(error)
    }
  }
}
