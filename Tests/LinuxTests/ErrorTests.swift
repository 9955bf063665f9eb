import Glibc
import Linux
import Testing

struct ErrorTests {
  @Test(arguments: [(EACCES, "EACCES"), (EAGAIN, "EAGAIN"), (ETIMEDOUT, "ETIMEDOUT")])
  func `errors: an errno has the name that headers give it`(code: CInt, name: String) {
    #expect(Errno(rawValue: code).name == name)
  }

  @Test func `errors: an errno nobody knows shows its number`() {
    #expect(Errno(rawValue: 4000).name == "errno 4000")
  }

  @Test(arguments: [
    "ETIMEDOUT", "etimedout", "110", "Connection timed out", "CONNECTION TIMED OUT",
  ])
  func `errors: an errno is read by its name, its number or its message`(text: String) {
    #expect(Errno(text) == .timedOut)
  }

  @Test(arguments: ["ETIMEOUT", "", "0", "4000", "-1", "timed out"])
  func `errors: anything else is no errno`(text: String) {
    #expect(Errno(text) == nil)
  }

  @Test func `errors: an error says which call on what and why`() {
    let error = #expect(throws: SystemCallError.self) {
      try ProcFS().text("sys/net/ipv4/tcp_no_such_key")
    }
    #expect(error?.description == "open /proc/sys/net/ipv4/tcp_no_such_key: ENOENT")
  }
}
