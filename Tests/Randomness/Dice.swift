/// A generator that gives the same numbers everywhere (SplitMix64).
package struct Dice: RandomNumberGenerator {
  private var state: UInt64

  package init(seed: Int) { state = UInt64(seed) &* 0x9e37_79b9_7f4a_7c15 }

  package mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  package mutating func pick<Element>(_ elements: Element...) -> Element {
    elements[Int(next() % UInt64(elements.count))]
  }

  /// One time out of so many.
  package mutating func once(in times: Int) -> Bool { next() % UInt64(times) == 0 }
}
