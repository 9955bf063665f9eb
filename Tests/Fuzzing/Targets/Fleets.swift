import Advisor
import InputFiles
import Reports
import TCPModel

extension FuzzTarget {
  /// Captures of several hosts, judged together; in every format.
  static let fleets = FuzzTarget("fleets", rate: 100) { (bytes) throws(FuzzFault) in
    let rules = FleetRules([[SampleProfiles.server]])
    var tally = FleetTally(rules)
    let reader = HostCaptureReader(tally.keys)
    var unreadable = UnreadableCaptures()
    let layout = TextLayout(isColoured: false)
    var reports = FleetReporters.all.map { $0.init(layout) }
    var texts = reports.map { _ in "" }
    for (number, part) in InputParts(bytes).parts.enumerated() {
      do throws(HostCaptureReader.Failure) {
        let capture = try reader.capture(of: part.bytes, part.name, called: "host\(number)")
        let row = tally.add(capture)
        for place in reports.indices { reports[place].add(row) { texts[place] += $0 } }
      } catch {
        unreadable.add(part.name, error.message)
        tally.add(unreadable: part.name)
        for place in reports.indices {
          reports[place].add(unreadable: part.name, error.message) { texts[place] += $0 }
        }
      }
    }
    let fleet = tally.fleet()
    for place in reports.indices {
      reports[place].end(fleet, unreadable) { texts[place] += $0 }
      try FormatText.check(texts[place], as: FleetReporters.all[place].name)
    }
    try Page(HTMLPage(fleet.page(unreadable), title: fleet.title).text).check()
  }
}
