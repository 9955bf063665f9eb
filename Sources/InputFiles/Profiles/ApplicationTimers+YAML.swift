import Advisor

extension ApplicationTimers {
  init(_ node: Node) throws(ProfileError) {
    self.init()
    let fields = try FieldReader(node, of: "“application”", known: ProfileFormat.application)
    _ = try fields.reasons()
    connectTimeout = try fields.limit("connect_timeout")
    connectTotal = try fields.limit("total")
    heartbeat = try fields.limit("heartbeat")
    readTimeout = try fields.limit("read_timeout")
    if let connectTimeout, let connectTotal, connectTotal < connectTimeout,
      let node = fields["total"]
    {
      throw ProfileError(
        "“total” is for all addresses of a name together; it is \(node.kind), less than the"
          + " \(fields["connect_timeout"]?.kind ?? "") of “connect_timeout” for each", at: node.mark
      )
    }
  }
}

extension FieldReader {
  /// Returns a time that a program keeps; nil if it is left out.
  fileprivate func limit(_ name: String) throws(ProfileError) -> Duration? {
    guard let node = self[name] else { return nil }
    let time = try node.duration()
    guard time > .zero else {
      throw ProfileError(
        "“\(name)” is more than 0s; leave it out where there is none", at: node.mark)
    }
    return time
  }
}
