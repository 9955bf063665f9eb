extension KernelRules {
  /// The newest release of each series, by its first number.
  private static let newestMinor = [3: 19, 4: 20, 5: 19, 6: 19, 7: newestChecked.minor]
  /// The stable releases of 4.19 on both sides of a change in what ends a connect.
  private static let stable4_19 = [76, 77, 208, 209].map { "4.19.\($0)" }

  /// Every release since the oldest that is modelled, in order; of 4.19 also the stable ones that
  /// differ.
  package static let everyRelease: [KernelVersion] = {
    let series = newestMinor.sorted { $0.key < $1.key }
    let all = series.flatMap { major, newest in (0...newest).map { KernelVersion(major, $0) } }
    return all.filter { $0 >= oldest }.flatMap { release in
      [release] + stable4_19.compactMap { KernelVersion($0) }.filter { $0 == release }
    }
  }()

  /// Those that are modelled.
  package static let releases = everyRelease.filter { objection(to: $0) == nil }
}
