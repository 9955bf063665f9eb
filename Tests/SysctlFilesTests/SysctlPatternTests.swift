import Glibc
import Randomness
import SysctlFiles
import TCPModel
import Testing

struct SysctlPatternTests {
  @Test(arguments: [
    ("net.ipv4.*.tag", "net.ipv4.conf.lo.tag", false),
    ("net.ipv4.*.*.tag", "net.ipv4.conf.lo.tag", true),
    ("net.ipv4.conf.*.tag", "net.ipv4.conf.eth0/7.tag", true),
    ("net.ipv4.conf.eth?/7.tag", "net.ipv4.conf.eth0/7.tag", true),
    ("net/ipv4/conf/eth*/tag", "net.ipv4.conf.eth0/7.tag", true),
    ("net.ipv4.conf.*.tag", "net.ipv4.conf./hidden.tag", false),
    ("net/ipv4/conf/.*/tag", "net.ipv4.conf./hidden.tag", true),
    ("net/ipv4/conf/[.]*/tag", "net.ipv4.conf./hidden.tag", false),
    ("net.ipv4.tcp_*", "net.ipv4.tcp_mem", true), ("*", "net.ipv4.tcp_mem", false),
    ("net.ipv4.tcp_mem", "net.ipv4.tcp_mem", true), ("net.ipv4.tcp_mem", "net.ipv4", false),
  ])
  func `sysctl pattern: a pattern means keys`(name: String, key: String, isMeant: Bool) {
    #expect(SysctlPattern(parsing: name).matches(SysctlKey(key)) == isMeant)
  }

  /// As glob(3) does it: one part after the other.
  @Test(arguments: 0..<20)
  func `sysctl pattern: the parts of a pattern match as with fnmatch`(seed: Int) {
    var dice = Dice(seed: seed)
    for _ in 0..<500 {
      let pattern = dice.parts(of: "ab*?[].")
      let path = dice.parts(of: "ab.")
      let isMeant =
        pattern.count == path.count
        && zip(pattern, path).allSatisfy { fnmatch($0, $1, FNM_PERIOD) == 0 }
      let found = SysctlPattern(parsing: pattern.joined(separator: "/"))
        .matches(SysctlKey(path: path.joined(separator: "/")))
      #expect(found == isMeant, "\(pattern) on \(path)")
    }
  }
}

extension Dice {
  /// The parts of a path, each of some of these characters, and none a dot alone.
  fileprivate mutating func parts(of characters: String) -> [String] {
    let characters = Array(characters)
    let parts = (0...next() % 2).map { _ in
      String((0...next() % 4).map { _ in characters[Int(next() % UInt64(characters.count))] })
    }
    return ["x"] + parts.filter { $0 != "." }
  }
}
