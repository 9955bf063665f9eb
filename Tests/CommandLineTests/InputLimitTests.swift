import TemporaryFolders
import Testing

/// Whatever an input holds, it takes at most 200 MB, and it ends. How soon is for benchmarks to tell.
struct InputLimitTests {
  private static let host = "{\"host\": {\"kernel\": \"6.18\", \"hz\": 250}, \"sysctls\": {"
  private static let release = "kernel.osrelease = 6.18.0\n"
  private static let own = "\"net.ipv4.tcp_syn_retries\": \"4\""

  /// As large as a capture may be.
  private static let size = 15_900_000

  private static func lines(_ first: String, _ line: (Int) -> String) -> String {
    var (text, number) = (first, 0)
    while text.utf8.count < size {
      text += line(number)
      number += 1
    }
    return text
  }

  /// As a host has them for each of its containers.
  private static func device(_ number: Int) -> String {
    let device = "net.ipv4.conf.veth\(String(number / settings.count, radix: 16))"
    return "\(device).\(settings[number % settings.count])"
  }
  private static let settings = ["arp_ignore", "log_martians", "tag", "rp_filter", "mc_forwarding"]

  /// What inputs hold, and what is said of those that are refused.
  private static let inputs: [String: (text: @Sendable () -> String, refusal: String?)] = [
    "devices.json": (
      { lines(host + own) { ",\n  \"\(device($0))\": \"1\"" } + "}}" }, nil
    ),
    "devices.txt": (
      { lines(release + "net.ipv4.tcp_syn_retries = 4\n") { "\(device($0)) = 1\n" } }, nil
    ),
    "names.json": (
      { lines(host + own) { ",\"\(String($0, radix: 16))\":1" } + "}}" }, "1000000 names and values"
    ),
    "names.txt": (
      { lines(release) { "net.\(String($0, radix: 16))=1\n" } }, "500000 settings"
    ),
    "list.json": (
      { host + own + "}, \"x\": [0" + String(repeating: ",0", count: size / 2) + "]}" },
      "1000000 names and values"
    ),
    "brackets.json": (
      { "{\"sysctls\": \"" + String(repeating: "[,:\\\"", count: size / 5) + "\"}" }, "“host”"
    ),
    "sockets.json": (
      {
        let group = "{\"peer\":\"server\",\"port\":1,\"sockets\":1}"
        let groups = repeatElement(group, count: 140_000).joined(separator: ",")
        return host + own + "}, \"sockets\": [\(groups)]}"
      }, nil
    ),
    "nothing.txt": ({ lines(release + "net.a = 1\n") { _ in "x\n" } }, nil),
    "numbers.txt": (
      { release + "net.a = " + String(repeating: "1 ", count: size / 2) + "\n" }, nil
    ),
  ]

  @Test(arguments: inputs.keys.sorted())
  func `input limits: a capture of 16 MB is read or refused within the budget`(name: String) throws
  {
    let input = try #require(Self.inputs[name])
    let folder = try TemporaryFolder()
    let file = try folder.write(name, input.text())
    let limits = ["/usr/bin/prlimit", "--data=200000000", "--cpu=60"]
    let run = try Run.tool("explain", "connect", "--from", file, wrapper: limits)
    #expect(run.code == (input.refusal == nil ? 0 : 2), "\(run.complaint)")
    if let refusal = input.refusal {
      #expect(run.complaint.contains(refusal) && run.output == "", "\(run.complaint)")
    }
    let fleet = try Run.tool("fleet", file, "--json", wrapper: limits)
    #expect((0...2).contains(fleet.code), "\(fleet.complaint)")
    let reasons = try fleet.json["unreadable"].array.compactMap(\.["reason"].string)
    #expect(reasons.contains { $0.contains(input.refusal ?? "") } == (input.refusal != nil))
  }
}
