import Advisor
import TCPModel

extension Objective {
  /// Returns the objectives of a group, in the order of the scenarios.
  static func all(_ node: Node) throws(ProfileError) -> [Objective] {
    let scenarios = try FieldReader(
      node, of: "“objectives”", known: ProfileFormat.objectives, kind: "scenario")
    var objectives: [Objective] = []
    for scenario in Scenario.allCases {
      guard let objective = scenarios[scenario.rawValue] else { continue }
      let fields = try FieldReader(
        objective, of: "“\(scenario.rawValue)”", known: ProfileFormat.objective)
      objectives.append(try Objective(scenario, fields))
    }
    return objectives
  }

  private init(_ scenario: Scenario, _ fields: FieldReader) throws(ProfileError) {
    let within = try fields["within"].map(Bound.init)
    let survive = try fields["survive"].map(Bound.init)
    let recover = try fields["recover"].map(Bound.init)
    let (why, source) = try fields.reasons()
    self.init(
      scenario, within: within, survive: survive, recover: recover, why: why, source: source)
    try check(fields)
  }

  private func check(_ fields: FieldReader) throws(ProfileError) {
    let name = scenario.rawValue
    guard within != nil || survive != nil || recover != nil else {
      throw ProfileError(
        "“\(name)” asks for nothing: it needs within or survive, or null instead of a map",
        at: fields.mark)
    }
    if let node = fields["within"], within?.time == .zero {
      throw ProfileError("nothing ends within 0s", at: node.mark)
    }
    if let node = fields["recover"], survive == nil {
      throw ProfileError(
        "“recover” says what follows an outage of the length of “survive”, which is missing",
        at: node.mark)
    }
    if let within, let survive, survive.time > within.time, let outlived = fields["survive"],
      let limit = fields["within"]
    {
      throw ProfileError(
        "“\(name)” cannot survive \(outlived.kind) and end within \(limit.kind), as "
          + "\(limit.mark.location) asks", at: outlived.mark)
    }
  }
}

extension Objective.Bound {
  fileprivate init(_ node: Node) throws(ProfileError) {
    self.init(try node.writtenTime(), at: node.mark.location)
  }
}
