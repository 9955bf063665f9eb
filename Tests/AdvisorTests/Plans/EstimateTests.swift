import TCPModel
import Testing

@testable import Advisor

/// Bounds held against times that are known exactly, roughly or not at all.
struct EstimateTests {
  private static let doubt = "it depends"

  private static func between(_ least: Int?, _ most: Int?) -> Estimate {
    Estimate(least.map { .seconds($0) }, most.map { .seconds($0) }, because: doubt)
  }

  @Test(arguments: [Objective.Kind.within, .recover])
  func `bounds: a time must come no later`(kind: Objective.Kind) {
    func status(_ time: Estimate) -> Finding.Status { kind.status(of: time, bound: .seconds(10)) }
    #expect(status(Estimate(.seconds(10))) == .met(margin: .zero))
    #expect(status(Estimate(.seconds(12))) == .missed(by: .seconds(2)))
    #expect(status(Estimate(nil)) == .missed(by: nil))
    #expect(status(Self.between(4, 9)) == .met(margin: .seconds(1)))
    #expect(status(Self.between(4, 12)) == .unknown(because: Self.doubt))
    #expect(status(Self.between(4, nil)) == .unknown(because: Self.doubt))
    #expect(status(Self.between(11, nil)) == .missed(by: nil))
    #expect(status(.unknown(because: "no key")) == .unknown(because: "no key"))
  }

  @Test func `bounds: an outage that is survived must be no shorter`() {
    func status(_ time: Estimate) -> Finding.Status {
      Objective.Kind.survive.status(of: time, bound: .seconds(10))
    }
    #expect(status(Estimate(.seconds(12))) == .met(margin: .seconds(2)))
    #expect(status(Estimate(.seconds(9))) == .missed(by: .seconds(1)))
    #expect(status(Estimate(nil)) == .met(margin: nil))
    #expect(status(Self.between(10, 40)) == .met(margin: .zero))
    #expect(status(Self.between(4, 10)) == .unknown(because: Self.doubt))
    #expect(status(Self.between(4, nil)) == .unknown(because: Self.doubt))
    #expect(status(Self.between(4, 9)) == .missed(by: .seconds(6)))
    #expect(status(.unknown(because: "no key")) == .unknown(because: "no key"))
  }

  @Test func `findings: only errors make a check fail`() {
    func code(_ statuses: (Finding.Status, Finding.Severity)...) -> Int32 {
      statuses.map { status, severity in
        var finding = Finding(
          profile: "p", group: "p", scenario: nil, subject: .bound(.within), status: status,
          evidence: Evidence(), location: .sample)
        finding.severity = severity
        return finding
      }.exitCode
    }
    #expect(code((.met(margin: nil), .error)) == 0)
    #expect(code((.unknown(because: "x"), .error), (.missed(by: nil), .error)) == 1)
    #expect(code((.unknown(because: "x"), .error), (.missed(by: nil), .warning)) == 2)
    #expect(code((.missed(by: nil), .warning), (.unknown(because: "x"), .notice)) == 0)
  }
}
