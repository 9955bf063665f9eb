package import Advisor
import TCPModel

/// A fleet for people.
package struct FleetText: FleetReporter {
  package static let name = "text"
  package static let isPainted = true
  private let layout: TextLayout

  package init(_ layout: TextLayout) { self.layout = layout }

  package func end(
    _ fleet: Fleet, _ unreadable: UnreadableCaptures, to sink: (String) -> Void
  ) {
    sink(fleet.document(unreadable).text(layout))
  }
}

extension Fleet {
  /// So many are listed; --json lists all.
  private static let mostShown = 20

  /// - Parameter showsAll: everything, where else the first of long lists are shown.
  func document(_ unreadable: UnreadableCaptures, showsAll: Bool = false) -> Document {
    let most = showsAll ? Int.max : Self.mostShown
    var sections = [Document.Section([.paragraph(RichText(summary(unreadable)))])]
    sections.append(
      section("Causes", shownCauses, atMost: most) {
        .statuses($0.map(\.entry))
      })
    sections.append(
      section("Not judged", obstacles, atMost: most) {
        .list($0.map { RichText("\($0.reason): \($0.hosts.text)") })
      })
    sections.append(
      Document.Section(RichText("Plans"), [.definitions(plans.map(\.definition))]))
    sections.append(
      section("Differences", drift, atMost: most) { .list($0.map { RichText($0.text) }) })
    sections.append(
      section("Unlike nearly all others of their kernel", outliers, atMost: most) {
        .list($0.map { RichText($0.text) })
      })
    if let changes { sections.append(changes.section) }
    sections.append(
      section("Unreadable", unreadable.named, of: unreadable.count, atMost: most) {
        .list($0.map { RichText("\($0.source): \($0.reason)") })
      })
    sections.append(Document.Section(RichText("Kernels"), [.table(kernelTable)]))
    return Document(sections)
  }

  /// What somebody has to do something about.
  var shownCauses: [FleetCause] { causes.filter { $0.finding.severity != .notice } }

  /// The first of a long list, and how many more there are.
  private func section<Element>(
    _ heading: String, _ elements: [Element], of count: Int? = nil, atMost most: Int,
    _ block: ([Element]) -> Document.Block
  ) -> Document.Section {
    let shown = Array(elements.prefix(most))
    let more = (count ?? elements.count) - shown.count
    let rest = more > 0 ? [Document.Block.notes([RichText("… and \(more) more")])] : []
    return Document.Section(RichText(heading), [block(shown)] + rest)
  }

  private func summary(_ unreadable: UnreadableCaptures) -> String {
    let parts = [
      "\(hosts.counted("host")) judged", "\(count(.missed)) missed", "\(count(.unknown)) unknown",
      unreadable.count > 0 ? unreadable.count.counted("capture") + " unreadable" : nil,
      assumed.count > 0
        ? "\(assumed.count) judged by defaults where the capture says nothing" : nil,
      unruled.count > 0
        ? "\(unruled.count) that no rule fits, such as \(unruled.named(1))" : nil,
      ungrouped.count > 0
        ? "\(ungrouped.count) in no group, such as \(ungrouped.named(1))" : nil,
      closedNamespaces > 0
        ? closedNamespaces.counted("namespace") + " that could not be entered" : nil,
      doubled.count > 0
        ? doubled.count.counted("capture") + " of a host that was captured before, such as "
          + doubled.named(1) : nil,
    ]
    return parts.compactMap(\.self).joined(separator: ", ")
  }

  private var kernelTable: Document.Table {
    var table = Document.Table(
      kernels.map { kernel in
        [kernel.series.isEmpty ? "unknown" : kernel.series, "\(kernel.hosts)", "\(kernel.missed)"]
      })
    table.header = ["kernel", "hosts", "missed"].map { RichText($0) }
    return table
  }
}

extension HostTally {
  /// `412 hosts (38 run 4.19, 374 run 5.15), such as db1, db2, db3`.
  var text: String {
    let sorted = kernels.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let runs = sorted.prefix(4).map {
      "\($0.value) run \($0.key.isEmpty ? "an unknown kernel" : $0.key)"
    }
    let more = sorted.count > 4 ? ["\(sorted.count - 4) more kernels"] : []
    let kernels =
      sorted.count == 1
      ? " on \(sorted[0].key.isEmpty ? "an unknown kernel" : sorted[0].key)"
      : " (\((runs + more).joined(separator: ", ")))"
    return count.counted("host") + kernels + "\(count > examples.count ? ", such as" : ":") "
      + named()
  }
}

extension FleetCause {
  fileprivate var entry: Document.StatusEntry {
    let changes = settings.map { setting in
      "\(setting.key) \(setting.from.map { "= \($0.shown.shortened)" } ?? "not captured, its default assumed"), wanted \(setting.to.printed)"
    }
    let remedies = settings.isEmpty ? finding.remedyTexts + part.remedy(for: finding) : []
    return Document.StatusEntry(
      finding.status.mark, RichText("\(id): \(finding.wish)"),
      details: ([[part.text, hosts.text].compactMap { $0 }.joined(separator: " on ")]
        + [part.remark].compactMap { $0 }
        + [finding.isUnknown ? finding.reason : "there it \(finding.reason)"] + changes + remedies)
        .map { RichText($0) })
  }
}

extension FleetCause.Part {
  /// What of the hosts is concerned, counted.
  fileprivate var text: String? {
    switch self {
    case .host, .nextBoot: return nil
    case .namespaces(let count, _): return count.counted("namespace")
    case .connections(let kind, let count):
      let program = (kind.program ?? "unknown process").shortened
      return "\(program) \(kind.peerText), \(count.counted("connection"))"
    }
  }

  /// What helps where no profile lets a plan change it.
  fileprivate func remedy(for finding: Finding) -> [String] {
    guard case .connections(let kind, _) = self, let options = kind.options,
      options[.keepalive] ?? 0 == 0, finding.scenario == .idle, finding.remedies.isEmpty
    else { return [] }
    return ["SO_KEEPALIVE in the program or its settings, as no sysctl switches it on"]
  }

  fileprivate var remark: String? {
    switch self {
    case .host, .namespaces(_, isMetOutside: false): nil
    case .nextBoot: "met today, and missed after the next boot"
    case .namespaces(_, isMetOutside: true): "set on the host, not in force in the namespace"
    case .connections(let kind, _):
      [kind.options?.keepaliveText, kind.isLocal ? "both ends are on the host" : nil]
        .compactMap { $0 }.joined(separator: "; ")
    }
  }
}

extension CapturedConnections.Kind {
  /// `→ :5432`, `← :443`, or only the arrow for many ports.
  fileprivate var peerText: String {
    let arrow = peer == .clients ? "←" : "→"
    return "\(arrow) \(port.map { ":\($0)" } ?? "many ports")"
  }
}

extension FleetPlan {
  /// As a sysctl file has them, in order.
  var assignments: [String] {
    sysctls.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value.printed)" }
  }

  fileprivate var definition: Document.Definition {
    let values = assignments
    let rest = leaves.sorted { $0.key < $1.key }.map {
      "\($0.key) is still missed on \($0.value.counted("host"))"
    }
    let text =
      values.isEmpty ? ["no sysctl meets what is missed: programs have to"] : values
    let kernels = kernels.map(\.series).listed
    return Document.Definition(
      RichText("\(name), Linux \(kernels), \(hosts.counted("host"))"),
      RichText((text + rest).joined(separator: "; ")))
  }
}

extension FleetDrift {
  fileprivate var text: String {
    let place = group.map { "\($0): " } ?? ""
    let shown = variants.prefix(4).map { variant in
      "\(variant.value?.shown.shortened ?? "not captured") on \(variant.hosts.count)"
        + (variant.hosts.count <= HostTally.fewest
          ? " (\(variant.hosts.named()))" : "")
    }
    let more = isCut || variants.count > 4 ? ["others on the rest"] : []
    return "\(place)\(key): " + (shown + more).joined(separator: ", ")
  }
}

extension HostTally {
  /// So many are all named.
  fileprivate static let fewest = 3

  /// The first of them, as far as they are named at all.
  fileprivate func named(_ count: Int = fewest) -> String {
    examples.prefix(count).map(\.shortened).joined(separator: ", ")
  }
}

extension String {
  /// As much as one line has room for beside other words: hosts and programs call themselves anything.
  fileprivate var shortened: String { count > 64 ? prefix(63) + "…" : self }
}

extension FleetChanges {
  fileprivate var section: Document.Section {
    let lists = [
      ("missing something that they did not", worse),
      ("meeting something that they missed", better),
      ("new", new), ("gone", gone), ("no longer readable", unreadable),
    ]
    return Document.Section(
      RichText("Since the earlier run"),
      [
        .list(
          lists.filter { $1.count > 0 }.map { words, list in
            let named = list.hosts.prefix(5).map { host in
              host.ids.isEmpty || ["new", "gone", "no longer readable"].contains(words)
                ? host.name.shortened
                : "\(host.name.shortened) (\(host.ids.joined(separator: ", ")))"
            }
            let more = list.count > named.count ? [" and \(list.count - named.count) more"] : []
            return RichText(
              "\(list.count.counted("host")) \(words): \(named.joined(separator: ", "))\(more.joined())"
            )
          })
      ])
  }
}
