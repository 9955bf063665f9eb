import Advisor
import InputFiles
import Linux
import Reports
import TCPModel

extension Explain {
  /// What may have ended a wait that somebody saw.
  func explainHang(of took: String) throws {
    guard name == nil, !list else { throw UsageError("--took takes neither a name nor --list") }
    try experiment.refuseDetails(beside: "--took")
    let hang = try ObservedHang(took: took, errno: errno)
    let snapshots = try source.snapshots(of: Scenario.allCases.flatMap(\.sysctls))
    let report = HangReport(
      HangDiagnosis(of: hang, among: try suspects(on: snapshots, of: hang)), on: snapshots)
    try output.print(
      report.document, title: "What gave up after \(took)",
      json: .answer("explain", about: snapshots.first, report.json))
  }

  /// A host whose kernel is not modelled is none: the report says so.
  private func suspects(on snapshots: [SettingsSnapshot], of hang: ObservedHang) throws
    -> [SimulatedSuspect]
  {
    let options = try experiment.socketOptions(under: snapshots.first?.kernel)
    var roundTrips = Suspect.roundTrips
    if experiment.rtt != nil, let first = snapshots.first {
      roundTrips = [try experiment.path(for: .send, in: first, options).roundTrip]
    }
    return Suspect.all(
      on: snapshots.compactMap { try? Host($0) }, with: options, over: roundTrips,
      programs: try ProfileReader.knownPrograms(), telling: hang.errno
    ).simulated()
  }
}

extension ObservedHang {
  /// What was said on the command line.
  fileprivate init(took: String, errno: String?) throws {
    let errno = try errno.map(Self.name)
    do throws(DurationText.Objection) {
      let said = try SaidTime(took)
      self.init(said.time, step: said.step, errno: errno)
    } catch {
      throw UsageError("--took: \(error.reason)")
    }
  }

  private static func name(of errno: String) throws -> String {
    if let known = Errno(errno) { return known.name }
    let near = NearestName.question(errno.uppercased(), among: Errno.named.map(\.name))
    throw UsageError("--errno \(errno): no errno of Linux is called so\(near ?? "")")
  }
}
