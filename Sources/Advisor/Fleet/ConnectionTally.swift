import TCPModel

/// What connections of hosts miss, by what they have in common.
struct ConnectionTally {
  /// Connections that miss the same.
  struct Entry {
    let kind: CapturedConnections.Kind
    fileprivate(set) var finding: Finding
    fileprivate(set) var hosts = HostTally()
    fileprivate(set) var count = 0
    /// The state of the host that stands for all, and what its profiles say of them.
    fileprivate(set) var state = 0
    fileprivate(set) var profile: Profile
    fileprivate var lastHost = -1
  }

  /// What decides how connections stand.
  private struct Question: Hashable {
    let state: Int
    /// The places of the profile and of its group.
    let profile, group: Int
    let options: SocketOptions?
    let keepsAlive: Bool?
  }

  private struct Key: Hashable {
    let profile, id, status: String
    var kind: CapturedConnections.Kind
  }

  /// So many ports are told apart; more of them stand in one entry.
  private static let mostPorts = 64

  private var known: [Question: (profile: Profile, findings: [Finding])] = [:]
  /// What has been answered of the host that is being taken in.
  private var told: (host: Int, questions: Set<Question>) = (-1, [])
  private var entries: [Key: Entry] = [:]
  private var ports: [Key: Set<UInt16>] = [:]

  /// What is missed or cannot be told, in no order.
  var all: [Entry] { Array(entries.values) }

  /// Takes in connections of a host.
  /// - Parameters:
  ///   - state: the number of that of their namespace.
  ///   - ordinal: the host's own.
  /// - Returns: what they miss, and what cannot be told of them; nothing where connections of that host
  ///   that stand the same came before.
  mutating func add(
    _ connections: CapturedConnections, in state: Int, of profiles: [Profile],
    host: String, _ kernel: String, ordinal: Int, judging: () -> SocketAssessment?
  ) -> [Finding] {
    var all: [Finding] = []
    for (place, profile) in profiles.enumerated() {
      for (index, group) in profile.groups.enumerated()
      where connections.isAdmitted(by: group.match) {
        let kind = connections.kind
        let question = Question(
          state: state, profile: place, group: index, options: kind.options,
          keepsAlive: kind.keepsAlive)
        let answer =
          known[question] ?? Self.answer(kind.basis, group, of: profile, judging())
        known[question] = answer
        for finding in answer.findings {
          add(connections, state, answer.profile, finding, host, kernel, ordinal)
        }
        if told.host != ordinal { told = (ordinal, []) }
        if told.questions.insert(question).inserted { all += answer.findings }
      }
    }
    return all
  }

  private static func answer(
    _ basis: SocketGroup.Basis, _ group: ConnectionGroup, of profile: Profile,
    _ assessment: SocketAssessment?
  ) -> (Profile, [Finding]) {
    // The path is the one that the profile takes connections to have: captures tell of none.
    let live = profile.live(group, with: basis.options, on: group.path)
    return (live, assessment?.findings(live, basis).filter { !$0.status.isMet } ?? [])
  }

  private mutating func add(
    _ connections: CapturedConnections, _ state: Int, _ profile: Profile, _ finding: Finding,
    _ host: String, _ kernel: String, _ ordinal: Int
  ) {
    var key = Key(
      profile: finding.profile, id: finding.id, status: finding.status.name,
      kind: connections.kind.withoutPort)
    if let port = connections.kind.port {
      if ports[key, default: []].count < Self.mostPorts { ports[key, default: []].insert(port) }
      if ports[key]?.contains(port) ?? false { key.kind = connections.kind }
    }
    var entry =
      entries.removeValue(forKey: key)
      ?? Entry(
        kind: key.kind, finding: finding, state: state, profile: profile)
    entry.count += connections.count
    if entry.lastHost != ordinal {
      // The first by name stands for all, whatever order they come in.
      if entry.hosts.examples.first.map({ host < $0 }) ?? false {
        (entry.finding, entry.state, entry.profile) = (finding, state, profile)
      }
      entry.hosts.add(host, kernel)
      entry.lastHost = ordinal
    }
    entries[key] = entry
  }
}
