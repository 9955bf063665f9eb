package import Advisor
package import SysctlFiles
import TCPModel

/// Who sets what on a host: all keys, the worst first, or those that were asked for.
package struct StandingsReport: Sendable {
  package let sequence: BootSequence
  package let standings: [SysctlStanding]
  package let live: LiveSettings
  /// Whether keys were asked for, which are then told in full.
  package let isDetailed: Bool
  /// Whether all rows are shown that nothing is wrong with.
  package let isWhole: Bool
  /// Of the keys with trouble.
  private let groups: [StandingGroup]

  /// As many keys without trouble fit on a screen.
  private static let rowLimit = 20
  /// As many with trouble.
  private static let troubleLimit = 8
  /// As many keys are told in full.
  private static let detailLimit = 3

  package init(
    _ standings: [SysctlStanding], of sequence: BootSequence, on live: LiveSettings,
    isDetailed: Bool, isWhole: Bool
  ) {
    let order = SysctlStanding.Verdict.allCases
    self.standings = standings.sorted {
      (order.firstIndex(of: $0.verdict) ?? 0, $0.key)
        < (order.firstIndex(of: $1.verdict) ?? 0, $1.key)
    }
    groups = StandingGroup.all(of: self.standings.filter(\.verdict.isTrouble))
    (self.sequence, self.live) = (sequence, live)
    (self.isDetailed, self.isWhole) = (isDetailed, isWhole)
  }

  package var document: Document {
    guard !isDetailed || standings.count > Self.detailLimit else {
      let boot = Document.Section([.notes(["next boot: \(sequence.settings.loader.text)"])])
      return Document(standings.flatMap(\.sections) + [boot, noteSection])
    }
    return Document(
      [
        Document.Section(RichText(title), level: .title, [.paragraph(RichText(lead))]),
        Document.Section([.statuses(shown.map(\.entry))] + leftOut),
      ] + quietSections + [noteSection])
  }

  private var quiet: [SysctlStanding] { standings.filter { !$0.verdict.isTrouble } }

  private var shown: ArraySlice<StandingGroup> {
    groups.prefix(isWhole ? .max : Self.troubleLimit)
  }

  private var leftOut: [Document.Block] {
    let keys = groups.dropFirst(shown.count).reduce(0) { $0 + $1.keys.count }
    return keys > 0 ? [.notes(["\(keys.counted("more key")) with trouble; --all lists them"])] : []
  }

  /// One table for each verdict, as far as there is room.
  private var quietSections: [Document.Section] {
    let room = isWhole || isDetailed ? quiet.count : max(0, Self.rowLimit - 4 * shown.count)
    let rows = quiet.prefix(room)
    let tables = SysctlStanding.Verdict.allCases.filter { !$0.isTrouble }.map { verdict in
      Document.Section(
        RichText(verdict.mark.word),
        [.table(Document.Table(rows.filter { $0.verdict == verdict }.map(\.row)))])
    }
    let left = quiet.count - rows.count
    guard left > 0 else { return tables }
    let more = "\(left.counted("key", "s")) without trouble; --all lists them"
    return tables + [Document.Section([.notes([RichText(more)])])]
  }

  private var title: String {
    let wrong = standings.count(where: \.verdict.isTrouble)
    return "\(standings.count.counted("key")), \(wrong) with trouble"
  }

  /// What the boot reads.
  private var lead: String {
    let files = sequence.load.files.count.counted("file")
    let unread = live.isRead ? "" : "; live values were not read"
    return "next boot: \(files) read by \(sequence.settings.loader.text)\(unread)"
  }

  private var noteSection: Document.Section {
    Document.Section([.notes(notes.map { RichText($0) })])
  }

  /// What could not be read, and what is written so that nobody reads it.
  private var notes: [String] {
    let unread = sequence.settings.unread.sorted { $0.key < $1.key }.map { path, errno in
      "not readable (\(errno)): \(path)"
        + (sequence.settings.unknown[path] == nil ? "" : ", so that what it sets is missing here")
    }
    let masks = sequence.files.compactMap { each -> String? in
      each.hiddenBy.map { "masked: \(each.file.path), by \($0)" }
    }
    return applyAll + unread + faults + (isDetailed ? [] : masks + unresolved)
  }

  /// The one command for several keys.
  private var applyAll: [String] {
    let count = standings.count { $0.verdict == .notLive && $0.nextBoot?.owner == nil }
    guard !isDetailed, count > 1, live.prefix == nil else { return [] }
    let loader = sequence.settings.loader
    let command =
      loader.basis == .systemdRuns ? "systemctl restart systemd-sysctl" : loader.loader.command
    return ["apply all that files say: \(command)"]
  }

  /// Globs, where no keys are there that they may match.
  private var unresolved: [String] {
    let globs = live.isRead ? [] : sequence.globs.map { SysctlKey(path: $0.path).rawValue }
    guard !globs.isEmpty else { return [] }
    let more = globs.count > 3 ? " and \((globs.count - 3).counted("more glob"))" : ""
    let names = globs.prefix(3).joined(separator: ", ") + more
    return ["not resolved: \(names): which keys match shows on the host alone"]
  }

  private var faults: [String] {
    sequence.files.compactMap { each in
      let faults = each.faults
      guard let first = faults.first else { return nil }
      let more = faults.count > 1 ? ", and \((faults.count - 1).counted("more line"))" : ""
      return "skipped: \(each.file.path):\(first.line) says nothing (\(first.fault.text))\(more)"
    }
  }
}

extension BootLoader {
  /// The loader of the boot, and what shows that it is.
  package var text: String { programText + unit.text }

  private var programText: String {
    switch basis {
    case .systemdRuns: "systemd-sysctl"
    case .systemdInstalled: "systemd-sysctl (assumed: it is installed, but systemd does not run)"
    case .procpsInstalled: "sysctl --system (assumed: systemd-sysctl is not installed)"
    case .none: "systemd-sysctl (assumed: no loader is installed)"
    }
  }
}

extension LoaderUnit {
  /// What follows the name of the loader.
  fileprivate var text: String {
    switch self {
    case .runs: ""
    case .masked(let path): ", which is masked (\(path)), so that no file is applied at boot"
    case .changed(let place): ", if what \(place) says lets it run"
    }
  }
}

extension SysctlLoader {
  /// How it is run by hand.
  fileprivate var command: String {
    self == .systemd ? "/usr/lib/systemd/systemd-sysctl" : program
  }
}

extension SysctlLine.Fault? {
  /// What is wrong with a line.
  package var text: String { self?.text ?? "a name that is no text" }
}

extension SysctlLine.Fault {
  /// What is wrong with the line.
  package var text: String {
    switch self {
    case .noAssignment: "no `=`"
    case .noName: "no name before the `=`"
    case .blankInName: "a blank in the name"
    case .secondHyphen: "two `-`"
    case .byteOrderMark: "a byte order mark before the name"
    case .innerBreak: "a NUL or a carriage return in the line"
    }
  }
}
