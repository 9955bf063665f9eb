import TCPModel

/// Looks for one number that suits every demand.
///
/// Each demand bounds the number from one side, because more of it never ends a scenario earlier:
/// `within` from above, `survive` and `recover` from below.
struct CountSearch {
  /// What a demand lets the number be.
  struct Limit {
    let demand: Plan.Demand
    /// Empty where no number suits it.
    let allowed: ClosedRange<Int>?
    let isUpper: Bool
  }

  /// Everything that the kernel takes.
  let range: ClosedRange<Int>
  let name: String
  /// How a number reads in a contradiction.
  var text: (Int) -> String = { "\($0)" }
  private(set) var limits: [Limit] = []

  init(of name: String, in range: ClosedRange<Int>) { (self.name, self.range) = (name, range) }

  /// Finds the limit of a demand, asking whether it holds for about eight numbers.
  /// - Parameter isUpper: whether more of it misses the demand sooner or later; nil goes by the kind.
  mutating func add(_ demand: Demand, isUpper: Bool? = nil, holds: (Int) -> Bool) {
    let isUpper = isUpper ?? (demand.kind == .within)
    var low = range.lowerBound
    var high = range.upperBound
    // The last number that suits, or the first.
    while low < high {
      let middle = isUpper ? low + (high - low + 1) / 2 : low + (high - low) / 2
      switch (isUpper, holds(middle)) {
      case (true, true): low = middle
      case (true, false): high = middle - 1
      case (false, true): high = middle
      case (false, false): low = middle + 1
      }
    }
    let suits = holds(low)
    let allowed = isUpper ? range.lowerBound...low : low...range.upperBound
    let need = suits ? "\(name) \(isUpper ? "at most" : "at least") \(text(low))" : "no \(name)"
    limits.append(
      Limit(
        demand: suits ? demand.needing(need) : demand.named, allowed: suits ? allowed : nil,
        isUpper: isUpper))
  }

  /// A limit that is no objective's: a sysctl that a profile names, or a convention.
  mutating func add(_ demand: Plan.Demand, _ allowed: ClosedRange<Int>, isUpper: Bool) {
    limits.append(Limit(demand: demand, allowed: allowed, isUpper: isUpper))
  }

  /// The number nearest to `today` that suits every demand; nil where there is none.
  func nearest(to today: Int) -> Int? {
    let low = limits.compactMap(\.allowed?.lowerBound).max() ?? range.lowerBound
    let high = limits.compactMap(\.allowed?.upperBound).min() ?? range.upperBound
    guard limits.allSatisfy({ $0.allowed != nil }), low <= high else { return nil }
    return min(max(today, low), high)
  }

  /// The largest number that suits every demand.
  var largest: Int? { nearest(to: range.upperBound) }

  /// The demands that no number suits together: one that none suits at all, else the lowest ceiling
  /// and the highest floor.
  var conflict: [Plan.Demand] {
    if let alone = limits.first(where: { $0.allowed == nil }) { return [alone.demand] }
    let ceiling = limits.min { ($0.allowed?.upperBound ?? 0) < ($1.allowed?.upperBound ?? 0) }
    let floor = limits.max { ($0.allowed?.lowerBound ?? 0) < ($1.allowed?.lowerBound ?? 0) }
    return [ceiling, floor].compactMap { $0?.demand }
  }
}
