import TCPModel

extension Experiment {
  /// The same with shorter times: the same limits in the same places, and as many probes.
  var shortened: Experiment {
    var short = self
    switch scenario {
    case .connect:
      short.lower(.synCount, .tcpSynRetries, to: 1)
      short.lowerUserTimeout(to: 2500)
    case .send:
      if let retries = snapshot[.tcpRetries2].number {
        short.snapshot[.tcpRetries2] = .value(.number(min(retries, 2)))
      }
      short.lowerUserTimeout(to: 2500)
    case .idle:
      short.lower(.keepIdle, .tcpKeepaliveTime, to: 1)
      short.lower(.keepInterval, .tcpKeepaliveIntvl, to: 1)
      short.lower(.keepCount, .tcpKeepaliveProbes, to: 4)
      if let probes = probesBeforeUserTimeout {
        short.lowerUserTimeout(to: 1000 * min(probes, 4) + 500)
      }
    case .neighbour, .movedAddress, .accept, .zeroWindow, .close, .finWait, .timeWait: break
    }
    return short
  }

  /// How many probes fit before the user timeout; nil where there is none.
  private var probesBeforeUserTimeout: Int? {
    guard let timeout = options[.userTimeout], timeout > 0,
      let idle = options[.keepIdle] ?? snapshot[.tcpKeepaliveTime].number,
      let interval = options[.keepInterval] ?? snapshot[.tcpKeepaliveIntvl].number
    else { return nil }
    return max(1, (timeout - idle * 1000 - 1) / (interval * 1000) + 1)
  }

  private mutating func lowerUserTimeout(to most: Int) {
    if let timeout = options[.userTimeout] { options[.userTimeout] = min(timeout, most) }
  }

  /// Lowers what decides: the option where the program sets it, else the sysctl.
  private mutating func lower(_ option: SocketOption, _ key: SysctlKey, to most: Int) {
    if let value = options[option] {
      options[option] = min(value, most)
    } else if let value = snapshot[key].number {
      snapshot[key] = .value(.number(min(value, most)))
    }
  }
}
