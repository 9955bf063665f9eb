import Advisor
import SysctlFiles
import TCPModel

/// Keys of which the same is to be said, such as those that one glob sets.
struct StandingGroup {
  private(set) var standings: [SysctlStanding]

  var keys: [SysctlKey] { standings.map(\.key) }

  /// Groups them; the order stays.
  static func all(of standings: [SysctlStanding]) -> [StandingGroup] {
    var groups: [StandingGroup] = []
    var indices: [String: Int] = [:]
    for standing in standings {
      let text = "\(standing.verdict) \(standing.reason)"
      if let index = indices[text], standing.nextBoot != nil {
        groups[index].standings.append(standing)
      } else {
        indices[text] = groups.count
        groups.append(StandingGroup(standings: [standing]))
      }
    }
    return groups
  }

  /// The verdict, the first key with the number of the others, and the first thing to do.
  var entry: Document.StatusEntry {
    let first = standings[0]
    let others = keys.count > 1 ? " and \((keys.count - 1).counted("key")) like it" : ""
    return Document.StatusEntry(
      first.verdict.mark, "\(first.key.rawValue.cut())\(others)",
      details: ["\(first.reason)"]
        + first.remedies.prefix(1).map { $0.text(prefix: first.live.prefix) })
  }
}

extension SysctlStanding {
  /// Of a key that nothing is wrong with: its value and where that comes from.
  var row: [String] {
    let value = reading == nil ? nextBoot?.valueText ?? "" : liveText
    return [key.rawValue.cut(), value, nextBoot?.placeText ?? ""]
  }
}
