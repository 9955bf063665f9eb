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

  @Test func `errors: an error says which call on what and why`() {
    let error = #expect(throws: SystemCallError.self) {
      try ProcFS().text("sys/net/ipv4/tcp_no_such_key")
    }
    #expect(error?.description == "open /proc/sys/net/ipv4/tcp_no_such_key: ENOENT")
  }
}
