import Glibc
import Synchronization
import Testing

@testable import Linux

struct PrefetchTests {
  /// Numbers from 1 on, and how many were made.
  private final class Counter: Sendable {
    let made = Atomic(0)

    func next(upTo last: Int) -> Int? {
      let number = made.add(1, ordering: .relaxed).newValue
      return number <= last ? number : nil
    }
  }

  @Test(arguments: [1, 8, 1000])
  func `prefetch: all values come in their order, and then none`(ahead: Int) throws {
    let counter = Counter()
    let prefetch = try Prefetch(ahead: ahead) { counter.next(upTo: 500) }
    var taken: [Int] = []
    while let value = prefetch.take() { taken.append(value) }
    #expect(taken == Array(1...500))
    #expect(prefetch.take() == nil && prefetch.take() == nil)
  }

  @Test func `prefetch: no more is made than may wait, and none after it is given up`() throws {
    let counter = Counter()
    do {
      let prefetch = try Prefetch(ahead: 4) { counter.next(upTo: .max) }
      #expect(prefetch.take() == 1)
      usleep(20_000)
      #expect(counter.made.load(ordering: .relaxed) <= 5)
    }
    let made = counter.made.load(ordering: .relaxed)
    usleep(20_000)
    #expect(counter.made.load(ordering: .relaxed) == made)
  }

  @Test func `prefetch: one that nobody takes from ends with its owner`() throws {
    for _ in 0..<200 {
      let counter = Counter()
      _ = try Prefetch(ahead: 2) { counter.next(upTo: .max) }
      #expect(counter.made.load(ordering: .relaxed) <= 3)
    }
  }
}

struct NetlinkDumpTests {
  @Test func `netlink dump: it says what the same question says that is asked at once`() throws {
    let request = NetlinkRequest(.getLink, .dump, fixedPart: Link.message())
    var links: [String] = []
    try NetlinkDump(.route, request, on: "links").finish {
      if let link = Link($0) { links.append(link.name) }
    }
    var socket = try NetlinkSocket(.route)
    var others: [String] = []
    try socket.ask(request, on: "links") { if let link = Link($0) { others.append(link.name) } }
    #expect(links == others && links.contains("lo"))
  }

  @Test func `netlink dump: what the kernel refuses is an error with the name of the request`()
    throws
  {
    let request = NetlinkRequest(
      NetlinkRequest.Kind(98, "RTM_NOTHING"), .dump, fixedPart: Link.message())
    let error = #expect(throws: SystemCallError.self) {
      try NetlinkDump(.route, request, on: "nothing").finish { _ in }
    }
    #expect(error?.description == "RTM_NOTHING nothing: EOPNOTSUPP")
  }

  @Test func `netlink dump: one that is not finished leaves no thread and no descriptor`() throws {
    let before = try FileTable.count()
    for _ in 0..<50 {
      _ = try NetlinkDump(
        .route, NetlinkRequest(.getLink, .dump, fixedPart: Link.message()), on: "links")
    }
    #expect(try FileTable.count() <= before + 20)
  }

  private enum FileTable {
    static func count() throws -> Int {
      let folder = try #require(opendir("/proc/self/fd"))
      defer { closedir(folder) }
      var count = 0
      while readdir(folder) != nil { count += 1 }
      return count
    }
  }
}
