import Advisor
import TCPModel

/// A target that consists of one file by which a platform is told what to set.
///
/// What the platform does not take is worked out and judged before: a target only has to write down
/// what arrives, in the platform's own words.
protocol PlatformFile: PlanEmitter {
  var platform: Platform { get }
  /// What is to be known of where it is set, for whoever puts the file there.
  var advice: String { get }
  /// Whether its syntax has comments, which `#` begins.
  var takesComments: Bool { get }

  func fileName(for plan: String) -> String
  /// - Parameter head: what stands at the top of it, as comments; empty where it takes none.
  func text(for share: PlatformShare, head: String) -> String
}

extension PlatformFile {
  package var part: PlanPart { .host }
  package var group: PlanEmitterGroup { .containers }
  var takesComments: Bool { true }

  package func fileNames(for plan: String) -> [String] { [fileName(for: plan)] }

  package func emission(of plan: PortablePlan) -> Emission {
    let share = PlatformShare(of: plan, on: platform)
    let name = fileName(for: plan.name)
    let head = takesComments ? share.head(of: name, advice) : ""
    return Emission(
      [EmittedFile(name, text(for: share, head: head))], unmet: share.unmet,
      remarks: takesComments ? [] : share.remarks)
  }
}

extension PlatformShare {
  /// A sysctl that arrives.
  struct Entry {
    let sysctl: AnnotatedSysctl
    let value: SysctlValue
    /// How the platform spells the key.
    let name: String

    var key: String { sysctl.key.rawValue }
    /// One blank between numbers.
    var text: String { sysctl.plainValue }
  }

  var entries: [Entry] {
    zip(plan.plan.sysctls, plan.annotatedSysctls).map { change, sysctl in
      Entry(
        sysctl: sysctl, value: change.to,
        name: platform.field(change.key)?.name ?? change.key.rawValue)
    }
  }

  /// Returns the entries one below the other, each with its comments.
  /// - Parameter write: makes the lines of one, without the last newline.
  func lines(indent: Int, _ write: (Entry) -> String) -> String {
    let blanks = String(repeating: " ", count: indent)
    return entries.map { entry in
      entry.sysctl.comments(prefix: "\(blanks)# ") + write(entry).indented(by: indent) + "\n"
    }.joined()
  }

  /// Those that no pod may set before somebody permits them.
  var keysToPermit: [String] {
    entries.map(\.sysctl.key).filter(platform.needsPermission).map(\.rawValue)
  }
}
