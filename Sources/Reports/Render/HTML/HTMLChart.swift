import TCPModel

/// A chart as drawings, one for each course of events, and as a table of the same numbers.
///
/// Places are shares of the width and sizes are pixels, so that it is as sharp on a telephone as on a
/// wall.
struct HTMLChart {
  private let lanes: [Lane]
  private let caption: RichText?
  private let axis: Axis

  init(_ chart: TimelineChart) {
    (lanes, caption) = (chart.lanes, chart.caption)
    axis = Axis(lanes, chart.scale, columns: Self.columns, room: Self.columns)
  }

  /// So many letters of the axis fit on a telephone: what is chosen for it fits everywhere.
  private static let columns = 42

  var text: String {
    let drawings = lanes.map(drawing).joined()
    return """
      <figure class="chart">
      \(caption.map { "<figcaption>\(HTMLText.inline($0))</figcaption>\n" } ?? "")\
      <div class="lanes">
      \(drawings)\(axis.end > .zero ? ticks : "")</div>
      \(legend)<details><summary>Numbers</summary>
      \(HTMLBlock.table(numbers))</details>
      </figure>

      """
  }

  private func drawing(of lane: Lane) -> String {
    let last = lane.end?.latest ?? (lane.isCutOff ? lane.events.last?.range.latest : nil)
    let end = last.map(place) ?? "100%"
    let course = "<line class=\"course\" x1=\"0\" x2=\"\(end)\" y1=\"12\" y2=\"12\"/>"
    let arrow =
      last == nil
      ? "<svg class=\"mark\" x=\"100%\" y=\"12\"><path class=\"course\" d=\"M-7-5 0 0-7 5\"/></svg>"
      : ""
    let name = lane.label.isEmpty ? "" : "\(lane.label): "
    let events = lane.events.count.counted("event")
    let label = HTMLText.escaped("\(name)\(lane.endText), \(events)")
    return """
      <div class="lane"><span class="label">\(HTMLText.escaped(lane.label))</span>\
      <svg class="strip" role="img" aria-label="\(label)" height="24">\(course)\(arrow)\
      \(lane.events.map(bar).joined())\(lane.events.map(mark).joined())</svg>\
      <span class="end">\(HTMLText.escaped(lane.endText))</span></div>

      """
  }

  /// From the earliest to the latest that an event may come; nothing where these are one.
  private func bar(of event: Timeline.Event) -> String {
    let (first, last) = (axis.share(of: event.range.earliest), axis.share(of: event.range.latest))
    guard first < last else { return "" }
    return "<rect class=\"\(event.kind.tone)\" x=\"\(Self.percent(first))\""
      + " width=\"\(Self.percent(last - first))\" y=\"8\" height=\"8\">\(title(of: event))</rect>"
  }

  /// At the earliest that an event may come; the end stands where it comes at the latest.
  private func mark(of event: Timeline.Event) -> String {
    let time = event.kind.isEnd ? event.range.latest : event.range.earliest
    return "<svg class=\"mark\" x=\"\(place(of: time))\" y=\"12\">"
      + "<path class=\"\(event.kind.tone)\" d=\"\(event.kind.shape)\">\(title(of: event))</path></svg>"
  }

  private func title(of event: Timeline.Event) -> String {
    "<title>\(HTMLText.escaped("\(event.kind.rawValue) \(event.range.text)"))</title>"
  }

  private var ticks: String {
    let ticks = axis.ticks.map { tick in
      let place = place(of: tick.time)
      let share = axis.share(of: tick.time)
      let anchor = share < 0.04 ? "start" : share > 0.93 ? "end" : "middle"
      return "<line x1=\"\(place)\" x2=\"\(place)\" y1=\"0\" y2=\"5\"/>"
        + "<text x=\"\(place)\" y=\"17\" text-anchor=\"\(anchor)\">"
        + "\(HTMLText.escaped(RoundTime.text(tick.time, upTo: axis.end)))</text>"
    }
    return "<div class=\"lane axis\"><span class=\"label\"></span>"
      + "<svg class=\"strip\" aria-hidden=\"true\" height=\"22\">\(ticks.joined())</svg>"
      + "<span class=\"end\"></span></div>\n"
  }

  /// What the marks mean, only those that occur.
  private var legend: String {
    var entries = lanes.flatMap { $0.events.map(\.kind) }.distinct.map { kind in
      "<svg aria-hidden=\"true\" width=\"14\" height=\"14\" viewBox=\"-7 -7 14 14\">"
        + "<path class=\"\(kind.tone)\" d=\"\(kind.shape)\"/></svg> \(kind.rawValue)"
    }
    if lanes.contains(where: { $0.events.contains { $0.range.earliest < $0.range.latest } }) {
      entries.append("bars: possible times")
    }
    if axis.unit != nil { entries.append("logarithmic axis") }
    guard !entries.isEmpty else { return "" }
    return "<ul class=\"legend\">\(entries.map { "<li>\($0)</li>" }.joined())</ul>\n"
  }

  private var numbers: Document.Table {
    var table = Document.Table(
      lanes.flatMap { lane in
        let label = lane.label.isEmpty ? "–" : lane.label
        return lane.events.isEmpty
          ? [[label, "", lane.endText]]
          : lane.events.map { [label, $0.kind.rawValue, $0.range.text] }
      })
    table.header = ["course", "event", "time"]
    return table
  }

  private func place(of time: Duration) -> String { Self.percent(axis.share(of: time)) }

  /// With three decimals, which is a hundredth of a pixel.
  private static func percent(_ share: Double) -> String {
    let thousandths = Int((share * 100_000).rounded())
    let fraction = String(thousandths % 1000)
    return "\(thousandths / 1000)."
      + String(repeating: "0", count: 3 - fraction.count) + fraction + "%"
  }
}

extension Timeline.EventKind {
  /// A class of the style.
  fileprivate var tone: String {
    switch self {
    case .giveUp, .newOwner: "ending"
    default: "event"
    }
  }

  /// A path around the place of the event, the same likeness as on a terminal.
  fileprivate var shape: String {
    switch self {
    case .syn, .synAck: "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z"
    case .retransmission: "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0zM-2 0a2 2 0 1 1 4 0a2 2 0 1 1-4 0z"
    case .lossProbe: "M0-5 5 0 0 5-5 0zM0-2.5-2.5 0 0 2.5 2.5 0z"
    case .keepaliveProbe, .windowProbe, .neighbourProbe, .heartbeat: "M0-5 5 0 0 5-5 0z"
    case .giveUp: "M-5-3.5-3.5-5 0-1.5 3.5-5 5-3.5 1.5 0 5 3.5 3.5 5 0 1.5-3.5 5-5 3.5-1.5 0z"
    case .newOwner: "M-4-5 5 0-4 5z"
    }
  }
}
