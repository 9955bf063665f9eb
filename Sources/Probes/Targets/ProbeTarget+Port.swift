import Linux
import TCPModel

extension ProbeTarget {
  /// Returns a number or the name of a service.
  package static func port(_ text: String) throws(Objection) -> UInt16 {
    guard !text.isEmpty else { throw Objection(reason: "behind “:” a port is missing") }
    guard !text.contains(","), ends(of: text) == nil else {
      throw Objection(
        reason: "a target has one port; for several leave it out, and write --port \(text)")
    }
    return try onePort(text)
  }

  /// Ports such as `22,https,8000-8010`, in the order in which they are written, each once.
  package static func ports(_ text: String) throws(Objection) -> [UInt16] {
    var ports: [UInt16] = []
    var seen: Set<UInt16> = []
    for word in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard !word.isEmpty else {
        throw Objection(
          reason: text.isEmpty ? "a port is missing" : "a port is missing beside a comma")
      }
      ports += try range(String(word)).filter { seen.insert($0).inserted }
    }
    return ports
  }

  /// Returns a port, or all from one to another.
  private static func range(_ text: String) throws(Objection) -> ClosedRange<UInt16> {
    guard let ends = ends(of: text) else {
      let port = try onePort(text)
      return port...port
    }
    let (first, last) = (try onePort(ends.first), try onePort(ends.last))
    guard first <= last else { throw Objection(reason: "the range \(text) runs backwards") }
    return first...last
  }

  /// Returns the numbers on both sides of a dash; nil if it is something else, as in the service
  /// `ms-sql-s`.
  private static func ends(of text: String) -> (first: String, last: String)? {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    guard ends.count == 2, ends.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isNumber) }) else {
      return nil
    }
    return (ends[0], ends[1])
  }

  private static func onePort(_ text: String) throws(Objection) -> UInt16 {
    if let number = UInt16(text), number > 0, text.allSatisfy(\.isNumber) { return number }
    guard !text.allSatisfy({ $0.isNumber || $0 == "-" }) else {
      throw Objection(reason: "\(text) is no port; there are 1 to 65535")
    }
    if let port = HostNames.port(ofService: text) { return port }
    let near = service(near: text).map { "; did you mean \($0)?" } ?? ""
    throw Objection(reason: "no service is called “\(text.prefix(80))” here\(near)")
  }

  /// Returns the service that a misspelt one most likely means; of short names every one is near.
  private static func service(near text: String) -> String? {
    guard 4...40 ~= text.utf8.count else { return nil }
    return NearestName.of(text.lowercased(), among: HostNames.services)
  }
}
