import Advisor
import TCPModel

/// What can be explained, by its name on the command line.
enum ExplainTopic {
  case scenario(Scenario)
  case outcome(ImmediateFailure)
  /// Several where a short name stands in several tables.
  case sysctls([Sysctl])
  case option(SocketOptionInfo)
  case retired(RetiredSysctl)
  /// One of `lint`.
  case rule(LintRule)
  /// A sysctl that decides no time, if there is one of this name.
  case other(SysctlKey)

  /// - Throws: `UsageError` with the nearest of all names.
  init(named name: String) throws {
    if let scenario = Scenario(rawValue: name) {
      self = .scenario(scenario)
    } else if let outcome = ImmediateFailure(rawValue: name) {
      self = .outcome(outcome)
    } else if let option = SocketOptionInfo(named: name) {
      self = .option(option)
    } else if let sysctls = Self.sysctls(named: name) {
      self = .sysctls(sysctls)
    } else if let option = SocketOptionInfo(named: name.uppercased()) {
      // After the sysctls, two of which are an option's name in small letters.
      self = .option(option)
    } else if let rule = LintRule[id: name] {
      self = .rule(rule)
    } else if let retired = RetiredSysctl(named: SysctlKey(parsing: name).rawValue) {
      self = .retired(retired)
    } else if LintAssignment.isName(name) {
      self = .other(SysctlKey(parsing: name))
    } else {
      throw UsageError(Self.objection(to: name))
    }
  }

  /// Whether files may set it.
  var isSysctl: Bool {
    switch self {
    case .sysctls, .retired, .other: true
    case .scenario, .outcome, .option, .rule: false
    }
  }

  private static func sysctls(named name: String) -> [Sysctl]? {
    let found = SysctlCatalog.sysctls(named: name)
    if !found.isEmpty { return found }
    return SysctlCatalog.ofDevice(SysctlKey(parsing: name)).map { [$0] }
  }

  /// What may be named, for messages.
  static let kinds = """
    a scenario (\(Scenario.allCases.map(\.rawValue).joined(separator: ", "))), an outcome \
    without a timer (\(ImmediateFailure.allCases.map(\.rawValue).joined(separator: ", "))), a sysctl such as \
    tcp_retries2, or a socket option such as TCP_USER_TIMEOUT; --list shows all
    """

  static func objection(to name: String) -> String {
    let subject = "nothing is called “\(name.prefix(80))”"
    guard let near = nearest(to: name) else { return "\(subject); name \(kinds)" }
    return "\(subject); did you mean \(near)? --list shows all there is"
  }

  private static func nearest(to name: String) -> String? {
    guard isShort(name) else { return nil }
    let dotted = SysctlKey(parsing: name).rawValue
    let isWhole = dotted.contains(".")
    let retired = RetiredSysctl.all.map(\.pattern).filter { !$0.contains("*") }
    let small =
      Scenario.allCases.map(\.rawValue) + ImmediateFailure.allCases.map(\.rawValue)
      + sysctlNames(isWhole: isWhole)
      + retired.map { isWhole ? $0 : String(SysctlKey($0).shortName) }
    let capitals = SocketOptionInfo.all.map(\.name)
    let known = name == name.uppercased() ? capitals : small + capitals.map { $0.lowercased() }
    if let near = NearestName.of(dotted, among: known) {
      return small.contains(near) ? near : near.uppercased()
    }
    // Written in the wrong letters altogether.
    return NearestName.of(dotted.lowercased(), among: small)
      ?? NearestName.of(name.uppercased(), among: capitals)
  }

  /// The nearest of the sysctls that can be set.
  static func nearestSysctl(to name: String) -> String? {
    guard isShort(name) else { return nil }
    let dotted = SysctlKey(parsing: name).rawValue.lowercased()
    return NearestName.of(dotted, among: sysctlNames(isWhole: dotted.contains(".")))
  }

  /// A long name is no misspelling, and comparing it takes time.
  private static func isShort(_ name: String) -> Bool { name.utf8.count <= 100 }

  private static func sysctlNames(isWhole: Bool) -> [String] {
    SysctlCatalog.all.map { isWhole ? $0.key.rawValue : String($0.key.shortName) }
  }
}
