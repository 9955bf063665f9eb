import ArgumentParser
import Linux
import NetAddress
import Probes

/// A child of `probe` that may wait for the system's resolver; not for people.
struct ResolverEntry: ConfinedCommand {
  static let configuration = CommandConfiguration(
    commandName: "resolve", abstract: "Resolve names from standard input.", shouldDisplay: false)

  @Flag(name: .customShort("4")) var isV4 = false
  @Flag(name: .customShort("6")) var isV6 = false

  /// Where this program is static, the host's getent(1) asks.
  var rights: Rights { Executable.isStatic ? [.network, .programs] : .network }

  func runConfined() throws {
    try ResolverChild.run(isV4 == isV6 ? nil : isV4 ? .v4 : .v6)
  }
}
