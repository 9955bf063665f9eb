import Advisor
import Linux
import Probes
import TCPModel

/// When this host's kernel gives up attempts to connect that hang; each kind of them is played once.
final class ConnectPredictions {
  private struct Kind: Hashable {
    let family: Case.Family
    let options: SocketOptions
    /// What is known of the next hop, and its device; nil is a host behind one that answers.
    var entry: NeighbourEntry?
    var device: String?
  }

  private struct Device: Hashable {
    let name: String
    let family: Case.Family
  }

  private let host: SettingsSnapshot
  private let options: SocketOptions
  private var known: [Kind: (play: Case, timeline: Timeline)] = [:]
  private var devices: [Device: SettingsSnapshot] = [:]

  /// - Parameter options: those of all targets.
  init(on host: SettingsSnapshot, _ options: SocketOptions) {
    (self.host, self.options) = (host, options)
  }

  /// Those of a target, which its own are among.
  func options(of row: ProbedAddress) -> SocketOptions { options.overridden(by: row.options) }

  /// - Returns: nil where an attempt did not hang.
  func span(of row: ProbedAddress) -> Span? {
    switch row.result.outcome.kind {
    case .undecided, .timedOut: end(of: row, with: options(of: row)).span
    case .open, .refused, .unreachable, .localError, .unresolved: nil
    }
  }

  /// How an attempt like that of a row ends that hangs, with those options instead of its own.
  func end(of row: ProbedAddress, with options: SocketOptions) -> ConnectEnd {
    let kind = Kind(family: row.isV6 ? .v6 : .v4, options: options.deciding(.connect))
    guard let hop = row.result.nextHop else { return end(play(kind)) }
    if row.result.isDeadNeighbour { return end(play(kind, NeighbourEntry.none, hop)) }
    // IPv4 by a gateway of IPv6: nobody has looked at what its failure does.
    if hop.isInDoubt, hop.isV6 != row.isV6 {
      let silent = play(kind)
      let unknown = Timeline.Ends.unknown(because: hop.question)
      return ConnectEnd(silent.play, silent.timeline, Span(ends: unknown, range: nil))
    }
    let span = hop.span { play(kind, $0, hop).timeline }
    let isResolving = hop.state == .incomplete || hop.state == .failed
    let played = play(kind, isResolving ? NeighbourEntry.none : nil, hop)
    return ConnectEnd(played.play, played.timeline, span)
  }

  private func end(_ played: (play: Case, timeline: Timeline)) -> ConnectEnd {
    ConnectEnd(played.play, played.timeline, played.timeline.span)
  }

  private func play(_ kind: Kind, _ entry: NeighbourEntry?, _ hop: NextHop)
    -> (play: Case, timeline: Timeline)
  {
    var kind = kind
    if let entry { (kind.entry, kind.device) = (entry, hop.device) }
    return play(kind)
  }

  private func play(_ kind: Kind) -> (play: Case, timeline: Timeline) {
    if let before = known[kind] { return before }
    var play = Case(.connect, in: host, options: kind.options, family: kind.family)
    if let entry = kind.entry, let device = kind.device {
      play.scenario = .neighbour
      play.neighbourEntry = entry
      play.snapshot = snapshot(of: Device(name: device, family: kind.family))
    }
    let timeline = Timeline(of: play)
    known[kind] = (play, timeline)
    return (play, timeline)
  }

  /// The host with the neighbour settings of a device in place of those new devices begin with.
  private func snapshot(of device: Device) -> SettingsSnapshot {
    if let snapshot = devices[device] { return snapshot }
    let own = Scenario.neighbour.sysctls.filter { $0.family == device.family }.compactMap {
      SysctlCatalog.ofDevice($0.ofDevice(device.name))
    }
    var snapshot = host
    do throws(SystemCallError) {
      for (key, reading) in try SettingsReader(ProcFS()).snapshot(of: own).readings {
        if let shared = key.sharedByDevices { snapshot[shared] = reading }
      }
    } catch {}
    devices[device] = snapshot
    return snapshot
  }
}
