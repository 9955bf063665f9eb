package import NetAddress
package import Observations
package import TCPModel

/// When the kernel of a host gives up attempts to connect that hang; each kind of them is
/// simulated once: a class, so that all who ask share what is known.
package final class ConnectPredictions {
  private struct Kind: Hashable {
    let family: AddressFamily
    let options: SocketOptions
    /// What is known of the next hop, and its device; nil is a host behind one that answers.
    var entry: NeighbourEntry?
    var device: String?
  }

  private struct Device: Hashable {
    let name: String
    let family: AddressFamily
  }

  private let host: SettingsSnapshot
  private let options: SocketOptions
  private let ofDevice: (String, AddressFamily) -> SettingsSnapshot?
  private var known: [Kind: HangForecast] = [:]
  private var devices: [Device: SettingsSnapshot] = [:]
  /// How far what was measured may lie beside what is predicted.
  private static let slack = Duration.milliseconds(60)

  /// - Parameters:
  ///   - options: those of all targets.
  ///   - ofDevice: the neighbour settings of a device; nil if they are not known.
  package init(
    on host: SettingsSnapshot, _ options: SocketOptions,
    ofDevice: @escaping (String, AddressFamily) -> SettingsSnapshot?
  ) {
    (self.host, self.options, self.ofDevice) = (host, options, ofDevice)
  }

  /// Returns those of a target, which its own are among.
  package func options(of row: ProbedAddress) -> SocketOptions {
    options.overridden(by: row.options)
  }

  // MARK: This attempt

  /// Returns when the kernel gives up this attempt, as its neighbour was; nil if it did not hang.
  package func timeToEnd(of row: ProbedAddress) -> TimeToEnd? {
    let result = row.result
    guard result.outcome.kind.isSilence else { return nil }
    let kind = kind(of: row, with: options(of: row))
    guard let hop = result.nextHop else { return experiment(kind).timeline.timeToEnd }
    if hop.isInDoubt, hop.address.family != row.endpoint?.family { return Self.unexplored(hop) }
    // What has just been given up was asked for by this attempt, if it ended when such a one does.
    let resolving = experiment(kind, NeighbourEntry.none, hop).timeline
    if result.outcome == .timedOut, hop.state == .failed, Self.fits(result.time, resolving) {
      return resolving.timeToEnd
    }
    return hop.timeToEnd { experiment(kind, $0, hop).timeline }
  }

  // MARK: Another one like it

  /// Returns how an attempt like that of a row ends that hangs, begun anew with those options: what
  /// is left of earlier ones in the neighbour table is no matter of a program's.
  package func end(of row: ProbedAddress, with options: SocketOptions) -> ConnectHang {
    let kind = kind(of: row, with: options)
    guard let hop = row.result.nextHop else { return ConnectHang(experiment(kind)) }
    if row.result.isDeadNeighbour {
      return ConnectHang(experiment(kind, entry(of: row, hop), hop))
    }
    // IPv4 by a gateway of IPv6: nobody has looked at what its failure does.
    if hop.isInDoubt, hop.address.family != row.endpoint?.family {
      return ConnectHang(experiment(kind), timeToEnd: Self.unexplored(hop))
    }
    return switch hop.state {
    case .incomplete, .failed: ConnectHang(experiment(kind, NeighbourEntry.none, hop))
    // Either it answers and the host behind it is silent, or it does not.
    case .delay, .probe: ConnectHang(experiment(kind), or: experiment(kind, .stale, hop))
    case .reachable, .stale, .noARP, .permanent, .none: ConnectHang(experiment(kind))
    }
  }

  /// Returns what an attempt found that its neighbour let down: its time tells.
  private func entry(of row: ProbedAddress, _ hop: NextHop) -> NeighbourEntry {
    let kind = kind(of: row, with: options(of: row))
    let time = row.result.time
    if Self.fits(time, experiment(kind, NeighbourEntry.none, hop).timeline) { return .none }
    return Self.fits(time, experiment(kind, .stale, hop).timeline) ? .stale : .none
  }

  private static func fits(_ time: Duration, _ timeline: Timeline) -> Bool {
    guard let range = timeline.range else { return false }
    return range.earliest - slack <= time && time <= range.latest + slack
  }

  private static func unexplored(_ hop: NextHop) -> TimeToEnd {
    TimeToEnd(ends: .unknown(because: hop.question), range: nil)
  }

  // MARK: Playing

  private func kind(of row: ProbedAddress, with options: SocketOptions) -> Kind {
    Kind(family: row.endpoint?.family ?? .v4, options: options.deciding(.connect))
  }

  private func experiment(_ kind: Kind, _ entry: NeighbourEntry?, _ hop: NextHop) -> HangForecast {
    var kind = kind
    if let entry { (kind.entry, kind.device) = (entry, hop.device) }
    return experiment(kind)
  }

  private func experiment(_ kind: Kind) -> HangForecast {
    if let before = known[kind] { return before }
    var experiment = Experiment(.connect, in: host, options: kind.options, family: kind.family)
    if let entry = kind.entry, let device = kind.device {
      experiment.scenario = .neighbour
      experiment.neighbourEntry = entry
      experiment.snapshot = snapshot(of: Device(name: device, family: kind.family))
    }
    let course = HangForecast(experiment, Timeline(of: experiment))
    known[kind] = course
    return course
  }

  /// Returns the host with the neighbour settings of a device in place of those new devices begin
  /// with.
  private func snapshot(of device: Device) -> SettingsSnapshot {
    if let snapshot = devices[device] { return snapshot }
    var snapshot = host
    for (key, reading) in ofDevice(device.name, device.family)?.readings ?? [:] {
      if let shared = key.sharedByDevices { snapshot[shared] = reading }
    }
    devices[device] = snapshot
    return snapshot
  }
}
