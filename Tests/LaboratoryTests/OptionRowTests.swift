import Linux
import TCPModel
import Testing

@testable import Laboratory

/// The options that are played, held against those that are explained.
struct OptionRowTests {
  @Test func `every option that is explained is played`() {
    let played = Set(OptionRow.all.map { "\($0.name)" })
    #expect(played == Set(SocketOptionInfo.all.map(\.name)))
  }

  @Test func `what is explained is what is played`() throws {
    for row in OptionRow.all {
      let facts = try #require(SocketOptionInfo(named: "\(row.name)"))
      #expect(facts.number == row.number, "\(row.name)")
      let level: OptionLevel =
        switch facts.level {
        case .socket: .socket
        case .tcp: .tcp
        case .ip: .ip
        }
      #expect(level == row.level, "\(row.name)")
      #expect(facts.isInherited == (row.accepted == nil), "\(row.name)")
      if case .number(let number) = facts.unset {
        #expect("\(row.unset)".hasSuffix("get: \(number)"), "\(row.name)")
      }
    }
  }
}
