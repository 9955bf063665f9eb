import Foundation
import NamespaceTesting
import SysctlFiles
import TCPModel
import Testing

/// What this machine has and allows, and where things are.
enum Machine {
  /// The release binary, which `make test` names; a plain `swift test` takes the debug one that lies
  /// beside the tests' own resources.
  static let executable =
    ProcessInfo.processInfo.environment["TCPADVISOR_BINARY"]
    ?? Bundle.module.bundleURL.deletingLastPathComponent().appendingPathComponent("tcpadvisor").path

  /// A copy that every user can reach; made anew by each run of the tests, left in the temporary
  /// folder, and named after the original, so that runs in two work trees do not take each other's.
  static let sharedExecutable: String = {
    let name = executable.split(separator: "/").joined(separator: "-")
    let copy = NSTemporaryDirectory() + "\(name)-tests-\(geteuid())"
    let part = copy + "-\(UUID().uuidString)"
    // By a process of its own: a child that another test starts meanwhile would inherit the open
    // copy, and what is open for writing cannot be executed (ETXTBSY).
    let install = Process()
    install.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    install.arguments = ["install", "-m", "0755", executable, part]
    try? install.run()
    install.waitUntilExit()
    // Renamed when it is whole: another run may be using the old one.
    return rename(part, copy) == 0 ? copy : part
  }()

  /// The folder of the package.
  static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  /// The settings of a Linux 6.18 that nobody has set anything on.
  static let stock = fixture("stock-6.18.txt")

  /// The path of a file among the fixtures.
  static func fixture(_ name: String) -> String {
    Bundle.module.path(forResource: name, ofType: nil, inDirectory: "Fixtures")
      ?? "\(name) is missing"
  }

  /// The settings that a capture holds.
  static func snapshot(of text: String) throws -> SettingsSnapshot {
    try CapturedText(parsing: Array(text.utf8)).snapshot(source: "a test")
  }

  static var stockText: String {
    get throws { try String(contentsOfFile: stock, encoding: .utf8) }
  }

  static func program(_ name: String) -> String? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return (path.split(separator: ":").map(String.init) + ["/usr/sbin", "/sbin"])
      .map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// Whether a missing program is a failure: the project's own checks have installed them all.
  private static let isStrict = ProcessInfo.processInfo.environment["TCPADVISOR_STRICT"] == "1"

  /// Skips a test aloud where a program is missing; fails it where nothing may be missing.
  static func needs(_ programs: String...) -> ConditionTrait {
    let missing =
      isStrict
      ? []
      : programs.filter { !FileManager.default.isExecutableFile(atPath: $0) && program($0) == nil }
    return .enabled(if: missing.isEmpty, "missing here: \(missing.joined(separator: ", "))")
  }

  /// The same of a module of Python.
  static func needs(module: String) -> ConditionTrait {
    .enabled("no \(module) for Python here") { isStrict || EmittedTargets.hasModule(module) }
  }

  /// Runs what follows as a user without any rights.
  static let nobody = [
    program("setpriv") ?? "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups",
  ]
  static let canBeNobody =
    geteuid() == 0 && (try? Run(nobody + ["/bin/true"]))?.code == 0

  /// Runs what follows in a network namespace of its own, root of it.
  static let newNetwork = NewNamespaces.network.wrapper
  static let allowsNamespaces = NewNamespaces.network.allow()
  static let allowsNamespacesToNobody =
    canBeNobody
    && (try? Run(nobody + NewNamespaces.userAndNetwork.wrapper + ["/bin/true"]))?.code == 0
  /// Runs what follows as root of a user namespace in which no further one is allowed.
  static let withoutNamespaces = NewNamespaces.user.wrapper(
    preparedBy: """
      echo 0 >/proc/sys/user/max_user_namespaces
      echo 0 >/proc/sys/user/max_net_namespaces
      """)
  static let canForbid = (try? Run(withoutNamespaces + ["/bin/true"]))?.code == 0
  /// Whether script(1) is here, and gets the terminal that it runs a command in.
  static let hasTerminals =
    program("script").map { (try? Run([$0, "-qec", "true", "/dev/null"]))?.code == 0 } ?? false
  static let hasSysctl = program("sysctl") != nil
  static let hasCompiler = program("cc") != nil
}
