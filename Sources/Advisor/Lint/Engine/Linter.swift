import SysctlFiles
package import TCPModel

/// Finds what is wrong with files.
package struct Linter {
  /// An end of all findings, for files that are mistakes from first to last.
  package static let mostFindingsOfRule = 1000

  private let kernels: [KernelVersion]
  private let ignores: [LintIgnore]
  private let host: LintHost
  private let releases: [String: ProgramRelease]
  private let timelines = TimelineCache()
  private let names = LintNames()

  /// - Parameters:
  ///   - kernels: the releases that the files are for; at least one.
  ///   - releases: those of programs that their files are for, by the names of the formats.
  package init(
    for kernels: [KernelVersion], ignoring ignores: [LintIgnore] = [],
    on host: LintHost = LintHost(), releases: [String: ProgramRelease] = [:]
  ) {
    (self.kernels, self.ignores, self.host) = (kernels, ignores, host)
    self.releases = releases
  }

  /// Returns what is wrong with files that are loaded together, in the order of their lines.
  package func findings(in group: LintGroup) -> [LintFinding] {
    let context = LintContext(
      of: group, for: kernels, on: host, releases: releases, timelines, names)
    return group.files.flatMap { findings(in: $0, context) }
  }

  private func findings(in file: LintFile, _ context: LintContext) -> [LintFinding] {
    var findings = LintRule.ofFiles.flatMap { rule, check in
      check(file, context).prefix(Self.mostFindingsOfRule)
        .map { LintFinding(of: rule, $0, in: file) }
    }
    if let only = file.onlyRule {
      findings.removeAll { $0.rule !== only }
      silence(&findings, in: file)
      return findings
    }
    if file.kind == .sysctl { findings += LintRule.ofLines.flatMap { lines(of: file, $0, $1) } }
    if let program = file.program { findings += settings(of: program, in: file, context) }
    findings += assignments(of: file, context)
    silence(&findings, in: file)
    findings.sort { $0.comesBefore($1) }
    return findings.unique.withEndsTold
  }

  private func lines(of file: LintFile, _ rule: LintRule, _ check: LintRule.OfLine)
    -> [LintFinding]
  {
    var findings: [LintFinding] = []
    for line in file.text.lines where line.isNotable && !file.template.changes(line.number) {
      guard findings.count < Self.mostFindingsOfRule else { break }
      if let hit = check(line) { findings.append(LintFinding(of: rule, hit, in: file)) }
    }
    return findings
  }

  private func assignments(of file: LintFile, _ context: LintContext) -> [LintFinding] {
    var findings: [LintFinding] = []
    var counts = [Int](repeating: 0, count: LintRule.all.count)
    for assignment in file.assignments {
      func look(_ rule: Int, _ check: LintRule.OfAssignment) {
        guard counts[rule] < Self.mostFindingsOfRule, let hit = check(assignment, context) else {
          return
        }
        counts[rule] += 1
        findings.append(LintFinding(of: LintRule.all[rule], hit, in: file, assignment))
      }
      for (rule, check) in LintRule.ofAssignments { look(rule, check) }
      guard let key = assignment.key, let rules = LintRule.byKey[key] else { continue }
      for (rule, check) in rules { look(rule, check) }
    }
    return findings
  }

  private func settings(of program: LintProgram, in file: LintFile, _ context: LintContext)
    -> [LintFinding]
  {
    LintRule.ofSettings.flatMap { rule, check in
      program.settings.lazy.compactMap { setting -> LintFinding? in
        guard var hit = check(setting, program, context) else { return nil }
        (hit.place, hit.key) = (hit.place ?? setting.name.place, hit.key ?? setting.name.text)
        return LintFinding(of: rule, hit, in: file)
      }.prefix(Self.mostFindingsOfRule)
    }
  }

  /// Says of each finding whether it is silenced, and adds what is wrong with the silences.
  private func silence(_ findings: inout [LintFinding], in file: LintFile) {
    guard !file.silences.isEmpty || !ignores.isEmpty else { return }
    var used: Set<Int> = []
    for place in findings.indices {
      let finding = findings[place]
      let isOfFile = finding.key == nil
      var suppression: LintFinding.Suppression?
      for (index, silence) in file.silences.enumerated()
      where silence.covers(finding.rule, line: finding.location.line, isOfFile: isOfFile) {
        used.insert(index)
        if !silence.reason.isEmpty {
          suppression = LintFinding.Suppression(silence.reason, isInSource: true)
        }
      }
      if let suppression = suppression ?? self.suppression(of: finding) {
        findings[place] = finding.suppressed(by: suppression)
      }
    }
    findings += file.silences.enumerated().flatMap { index, silence in
      silence.mistakes(isUsed: used.contains(index), in: file)
    }
  }

  private func suppression(of finding: LintFinding) -> LintFinding.Suppression? {
    let ignore = ignores.first {
      $0.rule == finding.rule.id
        && $0.file.map { Glob($0).matches(finding.location.file) } ?? true
    }
    return ignore.map { LintFinding.Suppression($0.reason, isInSource: false) }
  }
}

extension LintFile {
  /// The rule beside which nothing is said: nobody is helped by what is wrong with a copy, or with each
  /// line of a file that is none of sysctls.
  fileprivate var onlyRule: LintRule? {
    if isDropIn, isCopy { return .copyNotRead }
    guard isForeign else { return nil }
    return hasControlBytes ? .controlBytes : .foreignFile
  }
}

extension LintFinding {
  /// In one file; two of one place stand in the order of their rules.
  fileprivate func comesBefore(_ other: LintFinding) -> Bool {
    let (one, two) = (location, other.location)
    if one.line != two.line { return one.line < two.line }
    if one.column != two.column { return one.column < two.column }
    return rule.id < other.rule.id
  }
}

extension SysctlLine {
  /// Whether rules for lines have something to look at.
  fileprivate var isNotable: Bool {
    switch content {
    case .blank, .comment: false
    case .statement, .malformed: true
    }
  }
}

extension [LintFinding] {
  /// Sorted, and each once: an alias of YAML makes a place be read twice.
  fileprivate var unique: Self {
    var kept: Self = []
    for finding in self {
      if kept.last == finding { continue }
      kept.append(finding)
    }
    return kept
  }
}

extension [LintFinding] {
  /// The same where the last finding of a rule that tells no more says so.
  fileprivate var withEndsTold: [LintFinding] {
    guard count >= Linter.mostFindingsOfRule else { return self }
    var findings = self
    var places: [String: [Int]] = [:]
    for (place, finding) in enumerated() { places[finding.rule.id, default: []].append(place) }
    for found in places.values where found.count >= Linter.mostFindingsOfRule {
      if let last = found.last { findings[last] = findings[last].last(of: "this file") }
    }
    return findings
  }
}

extension LintRule {
  fileprivate typealias OfLine = @Sendable (SysctlLine) -> LintHit?
  fileprivate typealias OfAssignment = @Sendable (LintAssignment, LintContext) -> LintHit?

  fileprivate static let ofFiles = all.compactMap { rule in
    if case .file(let check) = rule.check { (rule, check) } else { nil }
  }
  fileprivate static let ofSettings = all.compactMap { rule in
    if case .settings(let check) = rule.check { (rule, check) } else { nil }
  }
  fileprivate static let ofLines = all.compactMap { rule in
    if case .lines(let check) = rule.check { (rule, check) } else { nil }
  }
  /// By their places in the list, which are small to hand on.
  fileprivate static let ofAssignments = all.enumerated().compactMap { index, rule in
    if case .assignments(let check) = rule.check { (index, check) } else { nil }
  }
  fileprivate static let byKey = {
    var rules: [SysctlKey: [(Int, OfAssignment)]] = [:]
    for (index, rule) in all.enumerated() {
      guard case .keys(let keys, let check) = rule.check else { continue }
      for key in keys { rules[key, default: []].append((index, check)) }
    }
    return rules
  }()
}
