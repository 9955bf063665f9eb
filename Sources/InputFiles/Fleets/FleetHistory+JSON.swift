package import Advisor
import FoundationEssentials
import TCPModel

extension FleetHistory {
  /// What `fleet --format jsonl` has printed earlier.
  package init(decoding bytes: [UInt8], file: String) throws(ProfileError) {
    var before: [String: Entry] = [:]
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where line.contains(where: { !$0.isBlank }) {
      guard let row = try? JSONDecoder().decode(Row.self, from: Data(line)), row.type != nil else {
        throw ProfileError(
          "\(file):\(index + 1):1: no line that `fleet --format jsonl` prints")
      }
      guard row.type == "host", let host = row.host else { continue }
      before[host] = Entry(
        missed: row.missed ?? [], unknown: row.unknown ?? [], source: row.source)
    }
    self.init(before)
  }

  private struct Row: Decodable {
    let type, host, source: String?
    let missed, unknown: [String]?
  }
}
