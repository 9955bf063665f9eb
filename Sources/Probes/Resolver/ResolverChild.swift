package import Linux
package import NetAddress

/// The side of a resolver that may block: what the hidden subcommand `resolve` runs.
///
/// A name on each line; the answer is a line of addresses with their scopes, such as `::1%0`, or `!`
/// and why there are none.
package enum ResolverChild {
  package static func run(_ family: AddressFamily?, input: CInt = 0, output: CInt = 1)
    throws(SystemCallError)
  {
    var rest: [UInt8] = []
    while true {
      let bytes = try DescriptorIO.readSome(input, "names", atMost: 4096)
      if bytes.isEmpty { return }
      rest += bytes
      while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
        let name = String(decoding: rest[..<end], as: UTF8.self)
        rest.removeSubrange(...end)
        try DescriptorIO.writeAll((answer(to: name, family) + "\n").utf8, to: output, "answers")
      }
    }
  }

  private static func answer(to name: String, _ family: AddressFamily?) -> String {
    do throws(NameError) {
      return try HostNames.addresses(of: name, family).map { "\($0.host)%\($0.scope)" }
        .joined(separator: " ")
    } catch {
      return "!\(error.description)"
    }
  }
}
