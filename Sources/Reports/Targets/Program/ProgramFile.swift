import Advisor
import TCPModel

/// A target that consists of one file, or a part of one, by which a known program is told what to set.
///
/// What the program cannot be told is worked out and judged before: a target only has to write numbers
/// down in the program's own words.
protocol ProgramFile: PlanEmitter {
  /// What it is in the catalogue of programs, one entry for each direction at most.
  var programs: [String] { get }
  /// What begins a comment.
  var commentPrefix: String { get }

  func fileName(for plan: String) -> String
  /// Returns the lines for a group of connections, the last one with its newline.
  func text(for settings: ProgramSettings) -> String
  /// What stands below the comments at the top of the file, such as the name of a section.
  var opening: String { get }
  /// Whether all groups are told the same, because the file has one place to say it.
  var isOneForAll: Bool { get }
}

extension ProgramFile {
  package var part: PlanPart { .program }
  package var group: PlanEmitterGroup { .programs }
  var commentPrefix: String { "# " }
  var opening: String { "" }
  var isOneForAll: Bool { false }

  package func fileNames(for plan: String) -> [String] { [fileName(for: plan)] }

  package func emission(of plan: PortablePlan) -> Emission {
    let known = programs.compactMap { name in plan.programs.first { $0.name == name } }
    let settings = settings(of: plan, known)
    let name = fileName(for: plan.name)
    var unmet = settings.flatMap(\.unmet)
    if settings.isEmpty {
      let directions = known.map(\.direction.rawValue).joined(separator: " or ")
      unmet = ["the profile has no \(directions) connections that may be those of \(self.name)"]
    }
    let text =
      plan.programHead(
        of: name, for: settings.map(\.group), unmet: unmet, prefix: commentPrefix) + opening
      + body(settings)
    return Emission([EmittedFile(name, text)], unmet: unmet)
  }

  /// What it is told, group by group; those whose program is known to be another one are left out.
  private func settings(of plan: PortablePlan, _ known: [KnownProgram]) -> [ProgramSettings] {
    plan.programSettings(isShared: isOneForAll) { group in
      known.first { $0.name == group.software }
        ?? (group.software == nil ? known.first { $0.direction == group.direction } : nil)
    }
  }

  /// What is said of each group, and the lines for it; once where they are the same for all.
  private func body(_ settings: [ProgramSettings]) -> String {
    guard isOneForAll, settings.count > 1,
      let widest = settings.max(by: { $0.numbers.count < $1.numbers.count })
    else {
      return settings.map { comments(on: $0) + text(for: $0) }.joined(separator: "\n")
    }
    return settings.map(comments).joined(separator: "\n")
      + fold("There is one place to say it, so that all of them get the same:") + text(for: widest)
  }

  /// Whose connections they are, what is asked of them and what comes about, and since when there
  /// are the settings that are used.
  private func comments(on settings: ProgramSettings) -> String {
    var text = fold("\(settings.group.name): \(settings.program.summary ?? settings.program.name)")
    for finding in settings.findings where finding.scenario != nil {
      text += fold(finding.outcomeText)
    }
    let foundations = settings.foundations.map { "\($0.key) = \($0.to)" }
    if !foundations.isEmpty {
      text += fold(
        "Rests on \(foundations.listed) on the host or in the program's network namespace, which"
          + " emit sysctl writes.")
    }
    if let limit = settings.unusedText { text += fold(limit) }
    if let notes = settings.program.notes { text += fold(notes) }
    return text + (settings.needsText.map(fold) ?? "")
  }

  private func fold(_ text: String) -> String {
    CommentWrapper.fold(text, prefix: commentPrefix)
  }
}

extension ProgramSettings {
  /// What the program closes by itself, and whether keepalive comes before that.
  fileprivate var unusedText: String? {
    guard let limit = program.unusedLimit else { return nil }
    let closes =
      "It closes a connection that is not in use after \(limit.time.text) by default (\(limit.name))"
    guard keepsAlive else { return "\(closes)." }
    return firstProbe < limit.time
      ? "\(closes), whatever keepalive finds."
      : "\(closes), before keepalive's first probe after \(firstProbe.text): probes serve what is"
        + " in use and silent."
  }

  /// The releases that the settings used came with, and what is missed in older ones.
  fileprivate var needsText: String? {
    let newer = program.knobs.filter { self[$0.subject] != nil && $0.since != nil }
    guard !newer.isEmpty else { return nil }
    let releases = newer.compactMap(\.since).distinct.map { release in
      "\(release) for \(newer.filter { $0.since == release }.map(\.name).distinct.listed)"
    }
    let missed = missedBefore.map(\.outcomeText).joined(separator: "; ")
    return "Needs \(releases.joined(separator: ", ")). Without: "
      + (missed.isEmpty ? "nothing more is missed." : "\(missed).")
  }
}
