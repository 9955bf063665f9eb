import Glibc
import Linux

/// Runs tests again in a process that is root of a network namespace of its own.
///
/// A test process has several threads, and cannot enter a user namespace itself.
package enum OwnNamespace {
  private static let mark = "TCPADVISOR_TESTS_IN_OWN_NAMESPACE"

  /// Whether this is the process inside.
  package static let isInside = getenv(mark) != nil

  /// Whether this user may have one, asked outside.
  package static let isAllowed = allows(["/bin/true"])

  /// Whether a program succeeds in one, asked outside.
  package static func allows(_ words: [String]) -> Bool {
    !isInside && (try? command(words).status) == 0
  }

  /// Runs the tests of a suite inside; they must be enabled only if `isInside`.
  package static func run(_ suite: String) throws -> (status: CInt, output: String) {
    let executable = try ProcFS().link("self/exe")
    let bundle = CommandLine.arguments.drop { $0 != "--test-bundle-path" }.prefix(2)
    return try command(
      ["/usr/bin/env", "\(mark)=1", executable] + bundle
        + ["--testing-library", "swift-testing", "--filter", suite])
  }

  private static func command(_ words: [String]) throws -> (status: CInt, output: String) {
    let input = try Descriptor.pipe()
    let output = try Descriptor.pipe()
    var child = try ChildProcess(
      running: ["/bin/sh", "-c", "exec /usr/bin/unshare -Urn \"$@\" 2>&1", "sh"] + words,
      input: input.readEnd, output: output.writeEnd)
    let readEnd = output.takeReadEnd()
    let text = try DescriptorIO.readAll(readEnd.number, "tests in a namespace", limit: 1 << 22)
    return (try child.wait(), String(decoding: text, as: UTF8.self))
  }
}
