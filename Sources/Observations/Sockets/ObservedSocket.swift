package import TCPModel

/// A TCP socket of a host as it was seen; a class, because there may be a hundred thousand.
package final class ObservedSocket: Sendable {
  package enum Options: Equatable, Sendable {
    case known(OptionReadings)
    case unknown(OptionsUnknown)
  }

  package let table: InetDiagSocket
  /// All that are known; workers of one server have its listeners together.
  package let owners: [SocketOwner]
  package let options: Options

  package init(_ table: InetDiagSocket, owners: [SocketOwner] = [], options: Options) {
    (self.table, self.owners, self.options) = (table, owners, options)
  }

  /// Nil if they are not known.
  package var readings: OptionReadings? {
    if case .known(let readings) = options { readings } else { nil }
  }

  /// Nil if they are known.
  package var optionsUnknown: OptionsUnknown? {
    if case .unknown(let reason) = options { reason } else { nil }
  }

  /// The one that stands for all: not process 1, which hands down what it has opened.
  package var owner: SocketOwner? { owners.last { $0.process != 1 } ?? owners.last }
}

extension InetDiagSocket {
  /// Whether it is a path of a Multipath TCP connection (RFC 8684).
  package var isMultipath: Bool { upperLayer == "mptcp" }
}

/// What getsockopt told of a socket; of an option that nobody set it is what stands in for it.
package struct OptionReadings: Hashable, Sendable {
  /// Those that decide a time.
  package var options: SocketOptions
  /// Whether small segments leave at once (TCP_NODELAY).
  package var sendsAtOnce: Bool?
  /// How long closing waits for what was sent (SO_LINGER); nil if it does not wait.
  package var linger: Duration?
  /// How long a call blocks (SO_RCVTIMEO, SO_SNDTIMEO); nil if for ever.
  package var receiveTimeout, sendTimeout: Duration?

  package init(_ options: SocketOptions) { self.options = options }
}

/// Why the options of a socket are not known.
package enum OptionsUnknown: Hashable, Sendable {
  /// No process has it: it was closed, or its handshake is not over.
  case unowned
  /// It waits in a listener's queue until a process accepts it.
  case notAccepted
  /// A path of a Multipath TCP connection, whose options are those of the connection.
  case multipath
  /// The process that has it may not be looked at by this user.
  case hidden
  /// No process that `/proc` shows has it: the kernel itself does, a process of another PID namespace,
  /// or a message on its way.
  case ofNobodyHere
  /// The kernel refuses a duplicate of the descriptor, with this errno.
  case refused(process: Int32, errno: String)
  /// The kernel has no pidfd_getfd: it came with Linux 5.6.
  case noSystemCall
  /// They were not asked for.
  case notAsked
}
