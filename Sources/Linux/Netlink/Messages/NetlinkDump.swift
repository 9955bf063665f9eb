/// A long answer that a thread of its own receives: the kernel makes the next part of it while what
/// has come is worked on.
package final class NetlinkDump {
  private let request: NetlinkRequest
  private let subject: String
  private let source: Source
  /// Nil where no thread can be had.
  private let parts: Prefetch<Part>?

  private typealias Part = Result<[UInt8], SystemCallError>

  /// Asks in the network namespace that the calling thread is in.
  package init(_ family: NetlinkSocket.Family, _ request: NetlinkRequest, on subject: String)
    throws(SystemCallError)
  {
    (self.request, self.subject) = (request, subject)
    let source = Source(try NetlinkSocket(family), request)
    self.source = source
    do throws(SystemCallError) {
      parts = try Prefetch(ahead: 8) { source.next() }
    } catch {
      parts = nil
    }
  }

  /// Hands on the messages of the answer; only once.
  ///
  /// - Throws: what the kernel refuses, as a failed call with the request's name.
  package func finish(handing on: (NetlinkMessage) -> Void) throws(SystemCallError) {
    var answer = NetlinkAnswer(to: request, sequence: Source.sequence)
    _ = try answer.takeAll(on: { subject }, handing: on) { () throws(SystemCallError) in
      guard let part = parts?.take() ?? source.next() else {
        throw SystemCallError(call: "recv", subject: "netlink", code: .timedOut)
      }
      return try part.get()[...]
    }
  }

  /// Sends the request, and receives what needs no waiting for: the kernel makes each part within the
  /// call before (`netlink_dump`). Only one thread uses it at a time.
  private final class Source: @unchecked Sendable {
    static let sequence: UInt32 = 1
    private var socket: NetlinkSocket
    private var request: [UInt8]?

    init(_ socket: consuming NetlinkSocket, _ request: NetlinkRequest) {
      self.socket = socket
      self.request = request.datagram(sequence: Self.sequence)
    }

    /// Returns the next part; nil after the last, or after one that failed.
    func next() -> Part? {
      do throws(SystemCallError) {
        if let request { try socket.send(request) }
        request = nil
        return .success(Array(try socket.receiveAtOnce()))
      } catch  where error.code == .wouldBlock {
        return nil
      } catch {
        return .failure(error)
      }
    }
  }
}
