import Foundation
import TCPModel
import Testing

@testable import Reports

struct ScaleTests {
  private func lane(_ seconds: [Double]) -> Lane {
    let events = seconds.map { second in
      Timeline.Event(.retransmission, TimeRange(.seconds(second), .seconds(second)))
    }
    return Lane(label: "", events: events)
  }

  /// When events come, and whether the automatic axis is logarithmic.
  @Test(arguments: [
    ([0, 1, 3, 7, 15, 31, 63, 127], true), ([0.2, 0.4, 0.8, 1.6, 3.2], true),
    ([0, 1, 3, 7], false),
    ([0, 1, 2, 3], false), ([7200, 7275, 7350, 7425], false), ([60], false), ([0], false),
    ([], false),
    // Waits that do not grow, however many there are.
    (Array(stride(from: 0.0, through: 40, by: 1)), false),
    // A short wait and then long ones, as for TCP_KEEPIDLE below TCP_KEEPINTVL.
    ([10, 85, 160, 235], true),
  ])
  func `scale: the axis is logarithmic where waits grow`(seconds: [Double], isLogarithmic: Bool) {
    let lanes = [lane([]), lane(seconds)]
    #expect(Scale.auto.isLogarithmic(for: lanes) == isLogarithmic)
    #expect(Scale.logarithmic.isLogarithmic(for: lanes))
    #expect(!Scale.linear.isLogarithmic(for: lanes))
  }

  @Test func `scale: waits that double stand at even distances`() {
    let axis = Axis([lane([0, 1, 3, 7, 15, 31, 63, 127])], .auto, columns: 72, room: 72)
    #expect(
      [0, 1, 3, 7, 15, 31, 63, 127].map { axis.column(of: .seconds($0)) }
        == stride(from: 0, through: 70, by: 10).map { $0 })
  }

  @Test func `scale: the logarithm is that of libm`() {
    var number = 1.0
    while number < 1e20 {
      #expect(abs(number.binaryLogarithm - log2(number)) < 1e-5)
      number *= 1.37
    }
    #expect(8.0.binaryLogarithm == 3)
  }

  /// The end of an axis, its scale, and the labels in 60 columns.
  @Test(arguments: [
    (0.3, Scale.linear, "0 s, 50 ms, 100 ms, 150 ms, 200 ms, 250 ms, 300 ms"),
    (0.0004, .linear, "0 s, 0.1 ms, 0.2 ms, 0.3 ms, 0.4 ms"),
    (130, .linear, "0 s, 20 s, 40 s, 60 s, 80 s, 100 s, 120 s"),
    (599, .linear, "0 s, 100 s, 200 s, 300 s, 400 s, 500 s"),
    (930, .linear, "0 s, 5 min, 10 min, 15 min"),
    (8000, .linear, "0 s, 30 min, 1 h, 1 h 30 min, 2 h"),
    (2_000_000, .linear, "0 s, 100 h, 200 h, 300 h, 400 h, 500 h"),
    (130, .logarithmic, "0 s, 1 s, 2 s, 5 s, 10 s, 20 s, 50 s, 100 s"),
    (8000, .logarithmic, "0 s, 2 s, 10 s, 1 min, 10 min, 1 h"),
  ])
  func `scale: ticks are round times`(end: Double, scale: Scale, labels: String) {
    let end = Duration.seconds(end)
    let axis = Axis([lane([min(1, end.seconds), end.seconds])], scale, columns: 60, room: 66)
    let times = axis.ticks.map(\.time).sorted()
    #expect(times.map { RoundTime.text($0, upTo: end) }.joined(separator: ", ") == labels)
  }
}
