/// A unit that times are written in.
package enum TimeUnit: String, CaseIterable, Sendable {
  case microseconds = "µs", milliseconds = "ms", seconds = "s", minutes = "min", hours = "h"

  package var nanoseconds: Int64 {
    switch self {
    case .microseconds: 1000
    case .milliseconds: 1_000_000
    case .seconds: 1_000_000_000
    case .minutes: 60_000_000_000
    case .hours: 3_600_000_000_000
    }
  }
}

extension Duration {
  /// Returns the time in a unit, such as `8 min`, `90 s` or `1.5 h`.
  package func text(in unit: TimeUnit) -> String { "\(number(in: unit)) \(unit.rawValue)" }

  /// Returns how often the unit fits into the time, with at most three decimal places.
  package func number(in unit: TimeUnit) -> String {
    let (whole, rest) = nanoseconds.quotientAndRemainder(dividingBy: unit.nanoseconds)
    let thousandths = (rest * 1000 + unit.nanoseconds / 2) / unit.nanoseconds
    return Self.exactDecimal(Int(whole * 1000 + thousandths))
  }
}
