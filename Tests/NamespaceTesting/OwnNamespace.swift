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

  /// Whether this is the process inside, or there may be one.
  package static let isReachable = isInside || isAllowed

  /// Whether a program succeeds in one, asked outside.
  package static func allows(_ words: [String]) -> Bool {
    !isInside && NewNamespaces.userAndNetwork.allow(words)
  }

  /// Runs the tests of a suite inside; they must be enabled only if `isInside`.
  package static func run(_ suite: String) throws -> (status: CInt, output: String) {
    let executable = try ProcFS().link("self/exe")
    let bundle = CommandLine.arguments.drop { $0 != "--test-bundle-path" }.prefix(2)
    // What is left out here is left out there.
    let skipped = CommandLine.arguments.drop { $0 != "--skip" }.prefix(2)
    return try NewNamespaces.userAndNetwork.run(
      ["/usr/bin/env", "\(mark)=1", executable] + bundle + skipped
        + ["--testing-library", "swift-testing", "--filter", suite])
  }
}
