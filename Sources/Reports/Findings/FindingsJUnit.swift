import Advisor
import TCPModel

/// JUnit XML: a suite for each profile, a case for each finding; what is unknown is skipped, as an
/// error would fail every pipeline.
enum FindingsJUnit: FindingsReporter {
  static let name = "junit"

  static func text(of findings: [Finding], _ run: FindingsRun) -> String {
    let properties = [
      ("kernel", run.host.kernel?.description ?? "unknown"), ("source", run.host.source),
      ("settings", run.phase.rawValue),
    ]
    let suites = findings.map(\.profile).distinct.enumerated().map { index, profile in
      JUnitSuite(
        name: profile, command: "check", properties: properties,
        cases: findings.filter { $0.profile == profile }.map(\.testCase)
      ).text(index: index)
    }
    return JUnitSuite.document(of: suites)
  }
}

extension Finding {
  fileprivate var testCase: JUnitCase {
    let text = ([reason] + remedyTexts + ["at \(location)"])
      .joined(separator: "\n")
    let result: JUnitCase.Result =
      switch status {
      case .met: .passed
      case .unknown: .skipped("unknown: \(reason)")
      case .missed where severity == .error: .failed("missed", reason, text)
      case .missed: .skipped("\(severity.rawValue): \(reason)")
      }
    return JUnitCase("\(id): \(wish)", of: "\(profile).\(group)", result)
  }
}
