import Glibc
@testable import Linux
import NetAddress
import TemporaryFolders
import Testing

/// Names as getent(1) tells them, which a static program asks.
struct NameDatabaseTests {
  /// A getent that says and ends as it is told.
  private static func getent(_ answer: String, ending status: Int = 0) throws -> (
    TemporaryFolder, NameDatabase
  ) {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "getent",
      "#!/bin/sh\necho \"$@\" >'\(folder.path)/asked'\ncat <<'END'\n\(answer)END\nexit \(status)\n")
    chmod(path, 0o755)
    return (folder, NameDatabase(places: ["\(folder.path)/none", path]))
  }

  private static func endpoint(_ text: String, scope: UInt32 = 0) throws -> Endpoint {
    Endpoint(try #require(IPAddress(text)), port: 0, scope: scope)
  }

  @Test func `getent: each address once, in the order in which it stands`() throws {
    let (folder, database) = try Self.getent(
      """
      2001:db8::1     STREAM db.example
      2001:db8::1     DGRAM
      2001:db8::1     RAW
      192.0.2.7       STREAM
      192.0.2.7       DGRAM
      fe80::1%7       STREAM
      nonsense        STREAM

      """)
    let found = try HostNames.addresses(of: "db.example", nil, from: database)
    let expected = [
      try Self.endpoint("2001:db8::1"), try Self.endpoint("192.0.2.7"),
      try Self.endpoint("fe80::1", scope: 7),
    ]
    #expect(found == expected)
    #expect(String(decoding: try folder.bytes("asked"), as: UTF8.self) == "ahosts db.example\n")
    _ = try HostNames.addresses(of: "db.example", .v6, from: database)
    #expect(String(decoding: try folder.bytes("asked"), as: UTF8.self) == "ahostsv6 db.example\n")
  }

  @Test func `getent: an address of IPv4 in the form of IPv6 is none of IPv6`() throws {
    let (folder, database) = try Self.getent("::ffff:192.0.2.7 STREAM db\n2001:db8::1 STREAM\n")
    #expect(
      try HostNames.addresses(of: "db", .v6, from: database) == [try Self.endpoint("2001:db8::1")])
    _ = folder
  }

  /// As of musl's, which tells no kind.
  @Test func `getent: addresses without a kind are taken`() throws {
    let (folder, database) = try Self.getent("192.0.2.7\n")
    #expect(
      try HostNames.addresses(of: "db", .v4, from: database) == [try Self.endpoint("192.0.2.7")])
    _ = folder
  }

  @Test(arguments: [(2, "EAI_NONAME"), (1, "EAI_AGAIN: getent ended with 1"), (0, "EAI_NONAME")])
  func `getent: why there is no address`(status: Int, reason: String) throws {
    let (folder, database) = try Self.getent("", ending: status)
    let error = #expect(throws: NameError.self) {
      try HostNames.addresses(of: "db", nil, from: database)
    }
    #expect(try #require(error).description.hasPrefix(reason))
    _ = folder
  }

  @Test func `getent: a host without it is told so`() throws {
    let database = NameDatabase(places: ["/nonexistent/getent"])
    let error = #expect(throws: NameError.self) {
      try HostNames.addresses(of: "db", nil, from: database)
    }
    #expect(try #require(error).description.contains("no getent"))
    #expect(HostNames.services("https", from: database).isEmpty)
  }

  @Test func `getent: services are those of TCP`() throws {
    let (folder, database) = try Self.getent("https 443/tcp\nntp 123/udp\nodd\nbad x/tcp\n")
    let services = HostNames.services(from: database)
    #expect(services.map(\.name) == ["https"])
    #expect(services.map(\.port) == [443])
    _ = folder
  }

  @Test(.enabled("there is no getent here") { access("/usr/bin/getent", X_OK) == 0 })
  func `getent: the host's own tells what the C library does`() throws {
    let own = try HostNames.addresses(of: "localhost", nil)
    let told = try HostNames.addresses(of: "localhost", nil, from: NameDatabase())
    #expect(Set(told.map(\.address)) == Set(own.map(\.address)))
    for name in ["https", "ssh", "postgresql"] {
      #expect(
        HostNames.services(name, from: NameDatabase()).first?.port
          == HostNames.port(ofService: name))
    }
  }

  @Test func `executable: the tests have a dynamic loader`() { #expect(!Executable.isStatic) }
}
