package import TCPModel

/// What may have ended a wait, and how well its time fits.
package struct HangCandidate: Sendable {
  /// How likely it is, by where it is known from; the likeliest first.
  ///
  /// What this host does comes before what every Linux does by default, that before what other
  /// systems do by default; then what a program does that has to be there, the resolution of a name,
  /// settings that somebody has to have changed, what is no end at all, and what no program is told
  /// of.
  package enum Likelihood: String, CaseIterable, Comparable, Sendable {
    case thisHost = "this-host"
    case kernelDefault = "default"
    case otherSystem = "other-system"
    case knownProgram = "known-program"
    /// Before any TCP.
    case resolver
    case commonSetting = "common-setting"
    /// A wait that passes: something was lost and sent again.
    case stall
    /// No program waits for it, only tools such as ss show it.
    case unseen

    package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  }

  /// How well the time that was said fits, the best first.
  package enum Fit: String, CaseIterable, Comparable, Sendable {
    /// It is a time at which the wait may end, as it is or cut off or rounded.
    case inside
    /// It is the sum that documentation has, which timers that are late exceed.
    case documented
    /// It is a time at which the wait may end, and so are many others.
    case loose
    /// It is such a time if it was rounded up by as much as a whole step.
    case rounded
    /// It is between that sum and the earliest end.
    case early

    package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

    private var rank: Int {
      switch self {
      case .inside, .documented: 0
      case .loose, .rounded: 1
      case .early: 2
      }
    }
  }

  package enum Cause: Sendable {
    case giveUp(GiveUp)
    case known(KnownWait)
  }

  /// A timer of Linux, on the kernels and in the programs that have it.
  package struct GiveUp: Sendable {
    /// The one that stands for the others: on this host, or on the newest release.
    package internal(set) var suspect: Suspect
    package internal(set) var timeline: Timeline
    package let end: HangEnd.Kind
    /// The kernels of the host in question, and the releases that have it by default or take it.
    package internal(set) var hosts: [KernelVersion]
    package internal(set) var releases: [KernelVersion]
    /// Programs of the catalogue that do so.
    package internal(set) var programs: [KnownProgram]
  }

  package internal(set) var cause: Cause
  package let likelihood: Likelihood
  package internal(set) var fit: Fit
  /// The times at which it may end, of the courses that fit.
  package internal(set) var range: TimeRange
  /// The time that documentation has, where that is another one.
  package internal(set) var documented: Duration?
  /// The errno that goes with it: the one that was seen, else the usual one.
  package let errno: String?
}
