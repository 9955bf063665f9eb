import Linux
import NetAddress
import Observations
import TCPModel

/// Asks the kernel which neighbour attempts go through, and what it knows of it.
///
/// No right is needed, but a probe does without: where the kernel refuses to tell, nobody knows.
final class NextHops {
  private var network: RouteNetlink?
  /// Opened for the first attempt that hangs: most runs need none.
  private var wasOpened = false
  private var names: [UInt32: String] = [:]

  /// Returns the next hop of an attempt; nil if it is unknown, or the destination is this host.
  func hop(of attempt: ConnectAttempt) -> NextHop? {
    do throws(SystemCallError) {
      if !wasOpened {
        wasOpened = true
        network = try RouteNetlink(timeout: .milliseconds(100))
      }
      return try hop(
        to: attempt.destination.address, from: try attempt.socket.localAddress(),
        begun: attempt.start)
    } catch {
      // Whoever never answers holds up the probe once.
      if error.code == .timedOut { network = nil }
      return nil
    }
  }

  private func hop(to address: Endpoint, from source: Endpoint, begun: Duration)
    throws(SystemCallError) -> NextHop?
  {
    let destination = address.address
    let way = try network?.way(
      to: destination, from: source.address,
      over: address.scope == 0 ? nil : address.scope)
    guard let way, !way.isLocal else { return nil }
    let neighbour = way.gateway ?? destination
    guard let entry = try network?.neighbour(neighbour, at: way.link),
      let device = try name(of: way.link)
    else { return nil }
    let since = entry.age.map { KernelClock.monotonic.now - begun - $0 }
    return NextHop(
      device: device, address: neighbour, isGateway: way.gateway != nil,
      state: NextHop.State(of: entry), since: since)
  }

  private func name(of link: UInt32) throws(SystemCallError) -> String? {
    if let name = names[link] { return name }
    let name = try network?.link(link).name
    names[link] = name
    return name
  }
}

extension NextHop.State {
  fileprivate init(of entry: Neighbour) {
    self =
      switch entry.state {
      case .none: .none
      case .incomplete: .incomplete
      case .reachable: .reachable
      case .stale: .stale
      case .delay: entry.isConfirmedSince ? .reachable : .delay
      case .probe: .probe
      case .failed: .failed
      case .noARP: .noARP
      case .permanent: .permanent
      }
  }
}

extension ConnectResult {
  /// Whether the neighbour may have to do with it.
  var mayBeOfNeighbour: Bool {
    outcome.kind.isSilence || outcome.kind == .unreachable && report?.isOwn == true
  }
}
