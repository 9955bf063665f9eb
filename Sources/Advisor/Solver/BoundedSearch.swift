import TCPModel

/// Looks for one number that suits every demand.
///
/// Each demand bounds the number from one side, because more of it never ends a scenario earlier:
/// `within` from above, `survive` and `recover` from below.
struct BoundedSearch {
  /// What a demand lets the number be.
  struct Limit {
    let requirement: Plan.ConflictParty
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
  /// The numbers of the range that are tried, in ascending order; nil: all of them.
  private var tried: [Int]?

  init(of name: String, in range: ClosedRange<Int>) { (self.name, self.range) = (name, range) }

  /// - Parameter numbers: in ascending order, one at least.
  init(of name: String, among numbers: [Int]) {
    self.init(of: name, in: numbers[0]...numbers[numbers.count - 1])
    tried = numbers
  }

  private var places: ClosedRange<Int> { tried.map { 0...$0.count - 1 } ?? range }

  private func number(at place: Int) -> Int { tried?[place] ?? place }

  /// A demand, and whether a number meets it.
  struct Constraint {
    let requirement: Requirement
    /// Whether more of it misses the demand sooner or later.
    let isUpper: Bool
    let satisfies: (Int, Sampling) throws -> Bool

    init(
      _ requirement: Requirement, isUpper: Bool? = nil,
      satisfies: @escaping (Int, Sampling) throws -> Bool
    ) {
      (self.requirement, self.satisfies) = (requirement, satisfies)
      self.isUpper = isUpper ?? (requirement.kind == .within)
    }
  }

  /// Returns the number nearest to `today` that meets all that is asked; nil if there is none.
  ///
  /// What bounds the number from below is looked for only where a number that meets the rest misses
  /// some of it.
  mutating func nearest(to today: Int, meeting constraints: [Constraint]) throws -> Int? {
    let (uppers, lowers) = constraints.divided { $0.isUpper }
    for constraint in uppers { try add(constraint) }
    guard let candidate = nearest(to: today) else {
      // Whoever asks for the conflict wants to know the other side of it too.
      for constraint in lowers { try add(constraint) }
      return nil
    }
    if try lowers.allSatisfy({ try $0.satisfies(candidate, .all) }) { return candidate }
    for constraint in lowers { try add(constraint) }
    return nearest(to: today)
  }

  /// Finds the limit of a demand, asking whether it holds for about eight numbers.
  ///
  /// The first look takes few of the path's timeouts, the last steps all of them.
  mutating func add(_ constraint: Constraint) throws {
    let isUpper = constraint.isUpper
    func suits(_ place: Int, _ sampling: Sampling) throws -> Bool {
      try constraint.satisfies(number(at: place), sampling)
    }
    var place = try Self.limit(in: places, isUpper: isUpper) { try suits($0, .few) }
    for sampling in [Sampling.some, .all] where constraint.requirement.isWide {
      guard let rough = place, try !suits(rough, sampling) else { continue }
      place = try stepping(from: rough, isUpper: isUpper) { try suits($0, sampling) }
    }
    guard let limit = place.map(number) else {
      return limits.append(
        Limit(requirement: constraint.requirement.named, allowed: nil, isUpper: isUpper))
    }
    let need = "\(name) \(isUpper ? "at most" : "at least") \(text(limit))"
    limits.append(
      Limit(
        requirement: constraint.requirement.needing(need),
        allowed: isUpper ? range.lowerBound...limit : limit...range.upperBound, isUpper: isUpper))
  }

  /// Returns the last number that suits, or the first, found by halving; nil if none does.
  static func limit(in range: ClosedRange<Int>, isUpper: Bool, suits: (Int) throws -> Bool)
    rethrows -> Int?
  {
    var low = range.lowerBound
    var high = range.upperBound
    while low < high {
      let middle = isUpper ? low + (high - low + 1) / 2 : low + (high - low) / 2
      switch (isUpper, try suits(middle)) {
      case (true, true): low = middle
      case (true, false): high = middle - 1
      case (false, true): high = middle
      case (false, false): low = middle + 1
      }
    }
    return try suits(low) ? low : nil
  }

  /// Returns the limit beyond a place that just does not suit: ever longer steps, then halving the
  /// last.
  private func stepping(from place: Int, isUpper: Bool, suits: (Int) throws -> Bool) rethrows
    -> Int?
  {
    var (failed, step) = (place, 1)
    while true {
      let next = isUpper ? failed - step : failed + step
      let bounded = min(max(next, places.lowerBound), places.upperBound)
      if bounded == failed { return nil }
      if try suits(bounded) {
        let between = isUpper ? bounded...failed - 1 : failed + 1...bounded
        return try Self.limit(in: between, isUpper: isUpper) { try $0 == bounded || suits($0) }
      }
      (failed, step) = (bounded, step * 2)
    }
  }

  /// A limit that is no objective's: a sysctl that a profile names, or a convention.
  mutating func add(_ requirement: Plan.ConflictParty, _ allowed: ClosedRange<Int>, isUpper: Bool) {
    limits.append(Limit(requirement: requirement, allowed: allowed, isUpper: isUpper))
  }

  /// Returns the number nearest to `today` that suits every demand; nil if there is none.
  func nearest(to today: Int) -> Int? {
    let low = limits.compactMap { $0.allowed?.lowerBound }.max() ?? range.lowerBound
    let high = limits.compactMap { $0.allowed?.upperBound }.min() ?? range.upperBound
    guard limits.allSatisfy({ $0.allowed != nil }), low <= high else { return nil }
    return min(max(today, low), high)
  }

  /// The numbers that were not tried and may suit every demand, where none of those that were does:
  /// those below the first, or between two beside each other of which each suits one side.
  var untried: ClosedRange<Int>? {
    guard let tried else { return nil }
    let impossible = limits.filter { $0.allowed == nil }
    if !impossible.isEmpty {
      return impossible.allSatisfy(\.isUpper) && tried[0] > 1 ? 1...tried[0] - 1 : nil
    }
    guard let high = limits.filter(\.isUpper).compactMap({ $0.allowed?.upperBound }).min(),
      let low = limits.filter({ !$0.isUpper }).compactMap({ $0.allowed?.lowerBound }).max(),
      let place = tried.firstIndex(of: high), place + 1 < tried.count, tried[place + 1] == low,
      high + 1 < low
    else { return nil }
    return high + 1...low - 1
  }

  /// The largest number that suits every demand.
  var largest: Int? { nearest(to: range.upperBound) }

  /// The demands that no number suits together: one that none suits at all, else the lowest ceiling
  /// and the highest floor.
  var conflict: [Plan.ConflictParty] {
    if let alone = limits.first(where: { $0.allowed == nil }) { return [alone.requirement] }
    let ceiling = limits.min { ($0.allowed?.upperBound ?? 0) < ($1.allowed?.upperBound ?? 0) }
    let floor = limits.max { ($0.allowed?.lowerBound ?? 0) < ($1.allowed?.lowerBound ?? 0) }
    return [ceiling, floor].compactMap { $0?.requirement }
  }
}
