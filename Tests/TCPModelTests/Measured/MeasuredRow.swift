import Foundation
import TCPModel
import Testing

/// One measured repetition: a row of `Fixtures/<kernel>/<table>.csv`.
struct MeasuredRow: CustomTestStringConvertible {
  let kernel: String
  let table: String
  let line: Int
  let cells: [String: String]

  var testDescription: String { "\(kernel)/\(table).csv:\(line)" }

  /// The kernels and ticks that connects, keepalives and retransmissions were measured on.
  static let kernels = ["k6.18-hz250", "k6.1-hz250", "k6.12-hz100", "k6.12-hz1000"]

  /// All rows of a table.
  static func all(_ table: String, of kernels: [String] = kernels) throws -> [MeasuredRow] {
    try kernels.flatMap { kernel in
      let path = try #require(
        Bundle.module.path(forResource: table, ofType: "csv", inDirectory: "Fixtures/\(kernel)"))
      let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
      let names = lines[0].split(separator: ",").map(String.init)
      return lines.dropFirst().enumerated().map { index, line in
        let cells = cells(of: line)
        return MeasuredRow(
          kernel: kernel, table: table, line: index + 2,
          cells: Dictionary(uniqueKeysWithValues: zip(names, cells)))
      }
    }
  }

  /// The cells of a line; a comma inside quotes separates nothing.
  private static func cells(of line: Substring) -> [String] {
    var cells = [""]
    var isQuoted = false
    for character in line {
      if character == "\"" {
        isQuoted.toggle()
      } else if character == ",", !isQuoted {
        cells.append("")
      } else {
        cells[cells.count - 1].append(character)
      }
    }
    return cells
  }

  subscript(name: String) -> Int? { cells[name].flatMap(Int.init) }

  func seconds(_ name: String) -> Duration? {
    cells[name].flatMap(Double.init).map { .seconds($0) }
  }

  /// The times of a column such as `syn_times`.
  func times(_ name: String) -> [Duration] {
    (cells[name] ?? "").split(separator: " ").compactMap { Double($0) }.map { .seconds($0) }
  }

  /// The compiled defaults of the row's kernel and tick.
  func defaults() throws -> SettingsSnapshot {
    let parts = kernel.dropFirst().split(separator: "-hz")
    let release = try #require(KernelVersion(String(parts[0])))
    let tick = try #require(Int(parts[1]).flatMap(TickRate.init(hertz:)))
    return .defaults(of: release, tickRate: tick)
  }
}

extension SettingsSnapshot {
  /// Sets a sysctl where a row has a value for it.
  mutating func set(_ key: SysctlKey, _ value: Int?) {
    if let value { self[key] = .value(.number(value)) }
  }
}

/// Expects a measured end inside one of the branches, one tick and 5 ms early to 35 ms late.
/// - Parameter resolution: how much later than it happened the end may have been seen.
func expect(
  _ measured: Duration, inside timeline: Timeline, tick: Duration, resolution: Duration = .zero
) {
  #expect(
    timeline.branches.contains {
      $0.range.admits(measured, tick: tick) || $0.range.admits(measured - resolution, tick: tick)
    },
    "\(measured) is in none of \(timeline.branches.map(\.range))")
}
