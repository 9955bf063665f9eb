package import Advisor
import TCPModel

extension Fleet {
  /// The report with room for more than a terminal has: all causes, as a table that can be sorted and
  /// one by one, and plans to copy.
  package func page(_ unreadable: UnreadableCaptures) -> Document {
    let sections = document(unreadable, showsAll: true).sections
    return Document(Array(sections.prefix(1)) + [overview, files] + sections.dropFirst())
  }

  /// What heads the page.
  package var title: String { hosts.counted("host") }

  private var overview: Document.Section {
    var table = Document.Table(
      shownCauses.map { cause -> [RichText] in
        [
          RichText(cause.id), RichText(cause.finding.wish), "\(cause.finding.status.mark)",
          "\(cause.hosts.count)", RichText(cause.hosts.share(of: hosts)),
          RichText(cause.hosts.kernelNames),
        ]
      })
    table.header = ["cause", "requested", "status", "hosts", "of all", "kernels"]
    return Document.Section("Hosts by cause", [.table(table)])
  }

  private var files: Document.Section {
    Document.Section(
      "Sysctls to set",
      plans.filter { !$0.sysctls.isEmpty }.map { plan in
        let kernels = plan.kernels.map(\.series).listed
        return .code(
          Document.Code(
            "\(PortablePlan.fileName(for: plan.profiles.joinedName)), Linux \(kernels)",
            plan.assignments.joined(separator: "\n") + "\n"))
      })
  }
}

extension HostTally {
  /// In whole per cent; a share of less than one is not none.
  fileprivate func share(of hosts: Int) -> String {
    guard hosts > 0 else { return "" }
    let share = count * 100 / hosts
    return share == 0 ? "< 1 %" : "\(share) %"
  }

  fileprivate var kernelNames: String {
    let releases = kernels.keys.compactMap { KernelVersion($0) }.sorted()
    let unknown = kernels[""] == nil ? [] : ["unknown"]
    return (releases.map(\.series) + unknown).joined(separator: ", ")
  }
}
