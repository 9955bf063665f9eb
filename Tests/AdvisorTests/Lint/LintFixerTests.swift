import Advisor
import TCPModel
import Testing

struct LintFixerTests {
  private static func fixed(_ text: String) -> String {
    let fixer = LintFixer(Linter(for: [KernelVersion(6, 18)]))
    return String(
      decoding: fixer.fixed(LintFile(sysctls: Array(text.utf8), path: "a.conf")), as: UTF8.self)
  }

  @Test(arguments: [
    ("net.ipv4.tcp_fin_timeout=30 # why\n", "# why\nnet.ipv4.tcp_fin_timeout = 30\n"),
    (
      "-net.ipv4.tcp_rmem = 4096 131072 6291456 ;why\n",
      "# why\n-net.ipv4.tcp_rmem = 4096 131072 6291456\n"
    ),
    ("net.ipv4.tcp_fin_timeout = 30 #\n", "net.ipv4.tcp_fin_timeout = 30\n"),
    ("net.ipv4.tcp_fin_timeout = 30 # \t;\r\n", "net.ipv4.tcp_fin_timeout = 30\n"),
    ("net.ipv4.tcp_sack = \"1\"\n", "net.ipv4.tcp_sack = 1\n"),
    ("sysctl -w net.ipv4.tcp_sack=1\n", "net.ipv4.tcp_sack = 1\n"),
    ("net/ipv4.tcp_sack = 1\n", "net.ipv4.tcp_sack = 1\n"),
    ("- vm.swappiness = 1\n", "-vm.swappiness = 1\n"),
    ("\u{feff}vm.swappiness = 1\n", "vm.swappiness = 1\n"),
    ("vm.swappiness = 1", "vm.swappiness = 1\n"),
    ("# a\r\nvm.swappiness = 1\r\n", "# a\nvm.swappiness = 1\n"),
    ("\u{feff}# a\r\nnet.ipv4.tcp_sack = '1'", "# a\nnet.ipv4.tcp_sack = 1\n"),
  ])
  func `lint --fix: what is mechanical is mended`(text: String, mended: String) {
    #expect(Self.fixed(text) == mended)
    #expect(Self.fixed(mended) == mended)
  }

  /// They set nothing before, and would do harm once they did.
  @Test(arguments: [
    "net.ipv4.tcp_sack = \"0\"\n", "sysctl -w net.ipv4.tcp_tw_recycle=1\n",
    "net/ipv4.tcp_syncookies = 2\n", "net.ipv4.tcp_retries2 = '5'\n",
  ])
  func `lint --fix: no line begins to do what one would be warned of`(text: String) {
    #expect(Self.fixed(text) == text)
  }

  /// What was meant is not for a program to say.
  @Test(arguments: [
    "net.ipv4.tcp_fin_timeout = 30s\n", "net.ipv4.tcp_keepalive_probes = 010\n",
    "net.ipv4.tcp_syncookie = 1\n", "net.ipv4.tcp_tw_recycle = 1\n", "vm.swappiness = 1\n",
    "sysctl -w net.ipv4.tcp_sack=1 && reboot\n", "", "x\n",
    "# tcpadvisor: ignore=TA006 so be it\nvm.swappiness = 1",
  ])
  func `lint --fix: all else stays, byte by byte`(text: String) {
    #expect(Self.fixed(text) == text)
  }

  @Test func `lint --fix: what is no UTF-8 stays`() {
    let bytes =
      Array("# \u{e9}\nnet.ipv4.tcp_sack = \"1\" ".utf8) + [0xff, 0xfe] + Array("\n".utf8)
    let fixer = LintFixer(Linter(for: [KernelVersion(6, 18)]))
    #expect(fixer.fixed(LintFile(sysctls: bytes, path: "a.conf")) == bytes)
  }
}
