import TCPModel
import Testing

@testable import Reports

/// What must hold for whatever is drawn.
struct TimelineChartPropertyTests {
  /// A generator whose numbers are the same in every run.
  private struct Numbers: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      let mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
      return mixed ^ (mixed >> 31)
    }
  }

  private struct Sample {
    let lanes: [Lane]
    let scale: Scale
    let layout: TextLayout
    let width: Int

    /// Lanes with waits from a millisecond to a day, ranges from none to a third of the time.
    init(seed: Int) {
      var numbers = Numbers(state: UInt64(seed))
      let kinds: [Timeline.EventKind] = [
        .syn, .retransmission, .lossProbe, .keepaliveProbe, .windowProbe,
      ]
      let wait = Int.random(in: 0...9, using: &numbers)
      let longest = (0..<wait).reduce(1) { factor, _ in factor * 8 }
      lanes = (0..<Int.random(in: 1...4, using: &numbers)).map { number in
        var now = Duration.zero
        var events = (0..<Int.random(in: 0...20, using: &numbers)).map { _ in
          if Bool.random(using: &numbers) { now += now }
          now += .milliseconds(Int.random(in: 0...longest, using: &numbers))
          let spread = now * Int.random(in: 0...100, using: &numbers) / 300
          let range = TimeRange(now, Bool.random(using: &numbers) ? now : now + spread)
          return Timeline.Event(kinds.randomElement(using: &numbers) ?? .syn, range)
        }
        if Bool.random(using: &numbers) {
          let last = events.map(\.range.latest).max() ?? .zero
          events.append(Timeline.Event(.giveUp, TimeRange(now, max(now + now / 10, last))))
        }
        let label = String(repeating: "lane \(number) ", count: number * 2)
        return Lane(label: label, events: events)
      }
      scale = Scale.allCases.randomElement(using: &numbers) ?? .auto
      width = Int.random(in: 40...160, using: &numbers)
      layout = TextLayout(
        isColoured: false, width: width,
        charset: Bool.random(using: &numbers) ? .utf8 : .ascii)
    }

    var axis: Axis { Axis(lanes, scale, columns: width / 2, room: width / 2 + 3) }
  }

  @Test(arguments: 1...300)
  func `chart: lines fit the width and each lane has one`(seed: Int) {
    let sample = Sample(seed: seed)
    let text = Document(.chart(TimelineChart(sample.lanes, scale: sample.scale))).text(
      sample.layout)
    let lines = text.split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= sample.width }, "\(text) \(sample.width)")
    #expect(lines.allSatisfy { $0.last != " " && $0.hasPrefix("  ") })
    #expect(lines.count >= sample.lanes.count)
    for (lane, line) in zip(sample.lanes, lines) {
      #expect(line.dropFirst(2).hasPrefix(lane.label.prefix(sample.width / 3 - 1)))
      #expect(lane.end != nil || line.hasSuffix(" never"))
    }
    #expect(sample.layout.charset == .utf8 || text.utf8.allSatisfy { $0 < 0x80 })
  }

  @Test(arguments: 1...300)
  func `chart: every event stands within a column of its time`(seed: Int) {
    let sample = Sample(seed: seed)
    let axis = sample.axis
    for lane in sample.lanes {
      let cells = lane.cells(on: axis)
      #expect(cells.count == axis.columns)
      var shown = 0
      for cell in cells {
        switch cell {
        case .mark: shown += 1
        case .marks(let number): shown += number
        case .blank, .line, .arrow, .bar, .endBar: break
        }
      }
      #expect(shown == lane.events.count)
      for event in lane.events where event.kind != .giveUp {
        switch cells[axis.column(of: event.range.earliest)] {
        case .mark(let kind): #expect(kind == event.kind)
        case .marks: break
        case .blank, .line, .arrow, .bar, .endBar: Issue.record("\(event) is not shown")
        }
      }
      if let end = lane.end {
        let column = axis.column(of: end.latest)
        let glyphs = cells.map { $0.glyph(.ascii) }
        #expect(glyphs[column] == "X" || glyphs[column + 1] == "X")
        #expect(glyphs.dropFirst(column + 2).allSatisfy { $0 == " " })
      } else {
        #expect(cells.last?.glyph(.ascii) == ">")
      }
    }
  }

  @Test(arguments: 1...300)
  func `chart: ticks grow and their labels do not touch`(seed: Int) throws {
    let axis = Sample(seed: seed).axis
    let ticks = axis.ticks.sorted { $0.time < $1.time }
    #expect(ticks.first?.time == .zero)
    #expect(ticks.first?.column == 0)
    for (tick, next) in zip(ticks, ticks.dropFirst()) {
      #expect(tick.time < next.time)
      #expect(tick.column < next.column)
      #expect(tick.location.upperBound + 2 <= next.location.lowerBound)
    }
    for tick in ticks {
      #expect(tick.time <= axis.end)
      #expect(tick.column <= axis.columns - 2)
      #expect(tick.location.lowerBound >= -1)
      #expect(tick.location.upperBound <= axis.room)
    }
    #expect(axis.end == .zero || ticks.count > 1)
  }

  @Test(arguments: 1...60)
  func `chart: later is never further left`(seed: Int) {
    let axis = Sample(seed: seed).axis
    let columns = (0...1000).map { axis.column(of: axis.end * $0 / 1000) }
    #expect(zip(columns, columns.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(columns.first == 0)
    #expect((axis.end == .zero || columns.last == axis.columns - 2))
  }
}
