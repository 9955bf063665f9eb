import Glibc
import Linux
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

  private var processes: [Int32: Process] = [:]
  /// Those that refused once: they will again.
  private var refused: [Int32: OptionsUnknown] = [:]
  /// The options that this kernel has; nil until one socket was read.
  private var available: [SocketOption]?

  /// Returns what a socket has set, by one of the descriptors of it.
  mutating func reading(of socket: InetDiagSocket, by owner: SocketOwner) -> Reading {
    if let refused = refused[owner.process] { return .unknown(refused) }
    do throws(SystemCallError) {
      let process = try process(owner.process)
      let duplicate = try process.descriptor.duplicate(owner.descriptor)
      // The number may be another file's by now, which then has no cookie or another one.
      guard let cookie = try? duplicate.cookie(), cookie == socket.cookie else { return .gone }
      return .known(readings(of: duplicate))
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
    switch error.code {
    case .badDescriptor, .noProcess, .noEntry: return .gone
    case .noSystemCall: refused[process] = .noSystemCall
    case .notPermitted, .accessDenied:
      refused[process] = .refused(process: process, errno: error.code.name)
    // Not for ever: descriptors may become free.
    default: return .unknown(.refused(process: process, errno: error.code.name))
    }
    return .unknown(refused[process] ?? .noSystemCall)
  }

  private mutating func readings(of socket: borrowing Descriptor) -> OptionReadings {
    let options = socket.values(of: available ?? SocketOption.all)
    if available == nil { available = SocketOption.all.filter { options[$0] != nil } }
    var readings = OptionReadings(options)
    readings.sendsAtOnce = (try? socket.option(CInt(IPPROTO_TCP), TCP_NODELAY)).map { $0 != 0 }
    readings.linger = (try? socket.lingerTime()).flatMap { $0.map { .seconds($0) } }
    readings.receiveTimeout = Self.limit(try? socket.timeLimit(SO_RCVTIMEO))
    readings.sendTimeout = Self.limit(try? socket.timeLimit(SO_SNDTIMEO))
    return readings
  }

  private static func limit(_ microseconds: Int?) -> Duration? {
    microseconds.flatMap { $0 == 0 ? nil : .microseconds($0) }
  }
}
