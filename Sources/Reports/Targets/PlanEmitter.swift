package import Advisor

/// Which part of a plan a target carries.
package enum PlanPart: String, CaseIterable, Sendable {
  /// Sysctls.
  case host
  /// Socket options and deadlines.
  case program
}

/// The headings under which targets are listed.
package enum PlanEmitterGroup: String, CaseIterable, Sendable {
  case configurationManagement = "configuration management"
  case programs, languages
}

/// A file that a target consists of.
package struct EmittedFile: Hashable, Sendable {
  /// Below the folder that all files are put into; some lie in folders of their own.
  package let name: String
  package let text: String

  package init(_ name: String, _ text: String) { (self.name, self.text) = (name, text.printable) }
}

/// A target of `emit`: a pure function from a plan that holds on every host to files.
///
/// A new target is one file beside this one and one line in `PlanEmitters.all`.
package protocol PlanEmitter: Sendable {
  /// How the command line names it.
  var name: String { get }
  /// What it makes, in a line.
  var summary: String { get }
  var part: PlanPart { get }
  /// Under which heading it is listed.
  var group: PlanEmitterGroup { get }
  /// What of its part it cannot say; nil where it says all.
  var omission: String? { get }
  /// With which real program its files are proved in the tests; nil where there is none.
  var provedWith: String? { get }

  /// The names of its files for a plan named `plan`.
  func fileNames(for plan: String) -> [String]
  /// Never empty, and named as `fileNames` says.
  func files(for plan: PortablePlan) -> [EmittedFile]
}

extension PlanEmitter {
  package var omission: String? { nil }
  package var provedWith: String? { nil }
}

/// The targets there are, in the order in which they are listed.
package enum PlanEmitters {
  package static let all: [any PlanEmitter] = [
    SysctlDropIn(), AnsibleTasks(), AnsibleRole(), PuppetManifest(), PuppetSysctlType(),
    PuppetSysctlDefine(), SaltState(), ChefRecipe(), NixOSModule(), TuneDProfile(), CloudConfig(),
    ButaneConfig(), IgnitionConfig(), ShellScript(), SocketOptionTable(), CSource(),
  ]

  /// Nil where no target has that name.
  package static subscript(name: String) -> (any PlanEmitter)? { all.first { $0.name == name } }
}
