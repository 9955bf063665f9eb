import SysctlFiles
import SysctlTrees
import TCPModel
import Testing

struct SysctlClaimTests {
  @Test(arguments: SysctlLoader.allCases)
  func `sysctl claim: on random trees what is said of a key agrees with what is written to it`(
    loader: SysctlLoader
  ) throws {
    let keys = RandomTree.keys.map { SysctlKey(path: $0) }
    for seed in 0..<100 {
      let load = RandomTree.make(seed: seed).configuration.load(by: loader)
      for key in keys {
        let claims = load.claims(on: key)
        let holding = claims.filter { $0.fate == .holds }.map(\.entry)
        #expect(holding == [load.winner(for: key)].compactMap(\.self))
        let carriedOut = claims.filter(\.isCarriedOut).map(\.entry)
        for entry in load.writes(to: key) { #expect(carriedOut.contains(entry)) }
        for claim in claims {
          guard let victor = claim.fate.victor else { continue }
          #expect(victor != claim.entry)
          #expect(claims.map(\.entry).contains(victor), "\(claim) of seed \(seed)")
        }
      }
      for claim in load.shadowed {
        guard let key = claim.entry.key else { continue }
        #expect(load.winner(for: key) != claim.entry)
      }
    }
  }
}

extension SysctlClaim {
  fileprivate var isCarriedOut: Bool {
    switch fate {
    case .holds, .overridden: true
    case .yields, .excluded, .excludes, .ignored, .hidden, .unread: false
    }
  }
}

extension SysctlClaim.Fate {
  fileprivate var victor: SysctlEntry? {
    switch self {
    case .overridden(let entry), .yields(let entry), .excluded(let entry): entry
    case .holds, .excludes, .ignored, .hidden, .unread: nil
    }
  }
}
