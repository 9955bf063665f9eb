import Advisor
import Observations
import SysctlFiles
import TCPModel

// The closed words of cases that carry something with them.

extension Finding.Status {
  static let names = [Self.met(margin: nil), .missed(by: nil), .unknown(because: "")].map(\.name)
}

extension Comparison.Status {
  static let names = [Self.confirmed, .confirmedSoFar, .outside(because: ""), .notRun(because: "")]
    .map(\.name)
}

extension Timeline.Termination {
  static let names = [Self.always, .never, .maybeNever, .unknown(because: "")].map(\.name)
}

extension SysctlReading {
  static let statuses = [Self.value(0), .absent, .denied(""), .malformed("")].map(\.status)
}

extension Sysctl.Scope {
  private static let all = [Self.namespace, .copied, .host]
  static let names = Set(all.map(\.name)).sorted()
  static let beginnings = all.map(\.newNamespace)
}

extension OptionExplanation {
  static let statuses = [true, false].map(status)
}

extension HangEnd.Kind {
  static let names = [Self.giveUp, .deadline, .recovery(lost: 1)].map(\.name)
}

extension PeerSurvey.Conduct {
  static let words = [Self.silent, .sends(bytes: 1), .closes, .resets].map(\.word)
}

extension SysctlLoader {
  static let programs = Set(allCases.map(\.program)).sorted()
}
