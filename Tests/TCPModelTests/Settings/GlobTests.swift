import Glibc
import Randomness
import TCPModel
import Testing

struct GlobTests {
  @Test(arguments: [
    ("net.ipv4.*", "net.ipv4.tcp_mem", true), ("*.tcp_m?m", "net.ipv4.tcp_mem", true),
    ("net.ipv4.tcp_keepalive_*", "net.ipv4.tcp_retries2", false), ("*", "", true), ("?", "", false),
    ("a*b*c", "axxbyyc", true), ("a*b*c", "axxbyy", false), ("eth[0-9]", "eth7", true),
    ("eth[!0-9]", "eth7", false), ("eth[^0-9]", "ethx", true), ("[]a]", "]", true),
    ("[[:digit:]]*", "7x", true), ("[[:upper:]x]", "x", true), ("[a", "[a", true),
    ("[a-]", "-", true), ("[z-a]", "m", false), ("\\*", "*", true), ("\\*", "x", false),
    ("é?", "éa", true),
  ])
  func `glob: globs match as in sysctl_d`(pattern: String, text: String, matches: Bool) {
    #expect(Glob(pattern).matches(text) == matches)
  }

  @Test(arguments: 0..<20)
  func `glob: globs match as fnmatch does`(seed: Int) {
    var dice = Dice(seed: seed)
    for _ in 0..<500 {
      let pattern = dice.text(of: "ab*?[]!^-\\/.", atMost: 7)
      let text = dice.text(of: "ab*[]-/.\\", atMost: 5)
      #expect(
        Glob(pattern).matches(text) == (fnmatch(pattern, text, 0) == 0), "\(pattern) on \(text)")
    }
  }
}

extension Dice {
  /// A text of some of these characters.
  fileprivate mutating func text(of characters: String, atMost length: Int) -> String {
    let characters = Array(characters)
    let count = Int(next() % UInt64(length + 1))
    return String((0..<count).map { _ in characters[Int(next() % UInt64(characters.count))] })
  }
}
