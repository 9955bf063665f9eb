import Linux

/// Writes reports to the tool.
struct EventWriter {
  private let output: CInt

  init(to output: CInt) { self.output = output }

  /// - Throws: EPIPE when the tool has gone: there is nobody left to run for.
  func send(_ report: SandboxEvent) throws(SystemCallError) {
    let written = try DescriptorIO.writeAll((report.line + "\n").utf8, to: output, "reports")
    if written == .readerGone {
      throw SystemCallError(call: "write", subject: "reports", code: .brokenPipe)
    }
  }
}
