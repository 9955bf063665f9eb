import Linux
import NetAddress
import Observations
import TCPModel

/// Reads the options of other processes' sockets, on duplicates that live for microseconds.
struct SocketOptionReader {
  enum Reading {
    case known(OptionReadings)
    case unknown(OptionsUnknown)
    /// The socket is not there any more, or not by this descriptor.
    case gone
  }

  /// Descriptors of processes; a class, because descriptors do not fit into a dictionary.
  private final class Process {
    let descriptor: ProcessDescriptor
    init(_ id: Int32) throws(SystemCallError) { descriptor = try ProcessDescriptor(of: id) }
  }

  /// What is read of a socket, before it means anything: numbers, and times in microseconds.
  private struct RawReading: Hashable {
    let state: TCPState
    var values: [Int] = []
  }

  /// Or those alone that decide what may still happen to a socket.
  private let readsAll: Bool
  private var processes: [Int32: Process] = [:]
  /// Those that refused once: they will again.
  private var refused: [Int32: OptionsUnknown] = [:]
  /// The options that are asked for in a state, of those that this kernel has.
  private var wanted: [TCPState: [WantedOption]] = [:]
  /// Sockets with the same options share what is said of them.
  private var known: [RawReading: OptionReadings] = [:]

  init(readingAll: Bool) { readsAll = readingAll }

  /// Returns what a socket has set, by one of the descriptors of it.
  mutating func reading(of socket: InetDiagSocket, by owner: SocketOwner) -> Reading {
    if let refused = refused[owner.process] { return .unknown(refused) }
    do throws(SystemCallError) {
      let process = try process(owner.process)
      let duplicate = try process.descriptor.duplicate(owner.descriptor)
      // The number may be another file's by now, which then has no cookie or another one.
      guard let cookie = try? duplicate.cookie(), cookie == socket.cookie else { return .gone }
      return .known(readings(of: duplicate, in: socket.state))
    } catch {
      return failure(error, of: owner.process)
    }
  }

  private mutating func process(_ id: Int32) throws(SystemCallError) -> Process {
    if let known = processes[id] { return known }
    let process = try Process(id)
    processes[id] = process
    return process
  }

  private mutating func failure(_ error: SystemCallError, of process: Int32) -> Reading {
    let refusal = OptionsUnknown.refused(process: process, errno: error.code.name)
    switch error.code {
    case .badDescriptor, .noProcess, .noEntry: return .gone
    case .noSystemCall: refused[process] = .noSystemCall
    case .notPermitted, .accessDenied: refused[process] = refusal
    default: break  // Not for ever: descriptors may become free.
    }
    return .unknown(refused[process] ?? refusal)
  }

  private mutating func readings(of socket: borrowing Descriptor, in state: TCPState)
    -> OptionReadings
  {
    let wanted = wanted(in: state, by: socket)
    var raw = RawReading(state: state)
    raw.values.reserveCapacity(wanted.count + 4)
    for option in wanted {
      let isIdle = option.countsWithKeepalive && raw.values.first == 0
      raw.values.append(isIdle ? .min : option.value(of: socket) ?? .min)
    }
    if readsAll { raw.values += Self.others(of: socket) }
    if let readings = known[raw] { return readings }
    let readings = Self.made(of: raw.values, wanted.map(\.option))
    known[raw] = readings
    return readings
  }

  private mutating func wanted(in state: TCPState, by socket: borrowing Descriptor)
    -> [WantedOption]
  {
    if let options = wanted[state] { return options }
    var options: [WantedOption] = []
    for option in SocketOption.all where readsAll || state.deciding.contains(option) {
      // What accepts hands all of it down, and what is off may be switched on there.
      let countsWithKeepalive = !readsAll && state != .listen
      let wanted = WantedOption(option, countsWithKeepalive: countsWithKeepalive)
      if wanted.value(of: socket) != nil { options.append(wanted) }
    }
    wanted[state] = options
    return options
  }

  /// Whether small segments leave at once, and three times in microseconds; −1 is no limit.
  private static func others(of socket: borrowing Descriptor) -> [Int] {
    let atOnce = (try? socket.sendsAtOnce()) ?? false
    let linger = (try? socket.lingerTime()).flatMap { $0.map { Int($0) * 1_000_000 } }
    return [
      atOnce ? 1 : 0, linger ?? -1, (try? socket.receiveTimeLimit()) ?? 0,
      (try? socket.sendTimeLimit()) ?? 0,
    ]
  }

  private static func made(of values: [Int], _ options: [SocketOption]) -> OptionReadings {
    let pairs = zip(options, values).filter { $1 != .min }
    var readings = OptionReadings(SocketOptions(Dictionary(pairs.map { ($0, $1) }) { $1 }))
    let others = Array(values.dropFirst(options.count))
    guard others.count == 4 else { return readings }
    readings.sendsAtOnce = others[0] != 0
    readings.linger = others[1] < 0 ? nil : .microseconds(others[1])
    readings.receiveTimeout = others[2] == 0 ? nil : .microseconds(others[2])
    readings.sendTimeout = others[3] == 0 ? nil : .microseconds(others[3])
    return readings
  }
}

extension TCPState {
  /// The options that decide what may still happen to a socket in this state.
  fileprivate var deciding: Set<SocketOption> {
    let scenarios: [Scenario] =
      switch self {
      case .synSent: [.connect, .idle, .send, .zeroWindow, .close]
      case .listen, .closed: Scenario.allCases
      case .established, .synReceived, .closeWait: [.idle, .send, .zeroWindow, .close]
      case .finWait1, .finWait2, .closing, .lastAck, .timeWait:
        [.send, .zeroWindow, .close, .finWait]
      }
    return Set(scenarios.flatMap(\.definition.options))
  }
}

/// An option by its numbers: a hundred thousand sockets are asked for each.
private struct WantedOption {
  let option: SocketOption
  private let level, number: CInt
  /// Whether it decides nothing where SO_KEEPALIVE, which is asked for first, is off.
  let countsWithKeepalive: Bool

  init(_ option: SocketOption, countsWithKeepalive: Bool) {
    self.option = option
    (level, number) = (option.info.level.kernelLevel.number, option.info.number)
    let times: [SocketOption] = [.keepIdle, .keepInterval, .keepCount]
    self.countsWithKeepalive = countsWithKeepalive && times.contains(option)
  }

  /// Returns what it is set to; nil if this kernel does not have it.
  func value(of socket: borrowing Descriptor) -> Int? { socket.value(level, number) }
}
