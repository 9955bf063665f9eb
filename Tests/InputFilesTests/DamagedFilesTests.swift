import Advisor
import InputFiles
import TCPModel
import Testing

struct DamagedFilesTests {
  /// A generator that gives the same numbers each time, so that a failure can be repeated.
  private struct Numbers: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 29)
    }
  }

  /// Bytes that mean something in YAML, and some that mean nothing anywhere.
  private static let bytes = Array("{}[],:-?&*!|>'\"%@` \t\r\n#~<.0as\\".utf8) + [0, 7, 0xc3, 0xff]

  @Test(arguments: ["server", "database-client"], 1...150)
  func `damaged files: a damaged file is read, or refused at a place in it`(name: String, seed: Int)
    throws
  {
    var random = Numbers(state: UInt64(seed))
    var bytes = try #require(BuiltInProfiles.bytes(of: name))
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let location = Int.random(in: 0..<bytes.count, using: &random)
      let end = min(bytes.count, location + Int.random(in: 0...12, using: &random))
      let byte = Self.bytes[Int.random(in: 0..<Self.bytes.count, using: &random)]
      bytes.replaceSubrange(location..<end, with: [byte])
    }
    let lines = bytes.count { $0 == 0x0a || $0 == 0x0d } + 1
    let source = ProfileSource(file: "damaged.yaml", bytes: bytes)
    guard let error = failure(source) else {
      #expect(try !read(source).groups.isEmpty)
      return
    }
    #expect(error.file == "damaged.yaml", "\(error)")
    #expect((1...lines).contains(error.location?.line ?? 0), "\(error)")
    #expect(error.location?.column ?? 0 >= 1, "\(error)")
    #expect(!error.message.isEmpty)
    #expect(error.caret?.last ?? "^" == "^")
  }
}
