package import Advisor
import NetAddress
import TCPModel

extension SocketChanges {
  /// What has changed, in a section of its own; nothing where nothing has.
  package var document: Document {
    let counts = counts.prefix(8).map { count -> RichText in
      let sign = count.now > count.before ? "+" : "−"
      let change = "\(sign)\(abs(count.now - count.before))"
      return "\(change) \(count.program ?? "unknown process") \(count.peer.text), now \(count.now)"
    }
    let sockets =
      waiting.map { RichText("waits: \($0.title)") }
      + answered.map { RichText("answered: \($0.title)") }
      + gone.map { RichText("ended: \($0.title)") }
    return Document([
      Document.Section("Since the last look", [.list(counts + sockets.prefix(8))])
    ])
  }
}
