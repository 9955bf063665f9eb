import Linux
import NetAddress
import TCPModel

extension ConnectSettings {
  /// Returns a socket that is ready to connect.
  /// - Parameter own: options of this one alone.
  func socket(_ family: AddressFamily, _ own: SocketOptions) throws(SystemCallError)
    -> Descriptor
  {
    let socket = try Descriptor.streamSocket(family)
    socket.reportErrors(family)
    if !options.isEmpty || !own.isEmpty {
      for (option, value) in options.overridden(by: own).sorted {
        try socket.set(option, to: value)
      }
    }
    if let device { try socket.bind(toDevice: device) }
    if let source {
      // The port is chosen by connect, which may use one again for another peer.
      if source.port == 0 { try socket.setOption(.ip, 24, to: 1) }  // IP_BIND_ADDRESS_NO_PORT
      try socket.bind(to: source)
    }
    return socket
  }

}

extension SystemCallError {
  /// Whether it may be gone when others have ended; an address that is not ours never will be.
  var mayPass: Bool { code.mayPass && !(call == "bind" && code == .addressNotAvailable) }
}

extension Errno {
  fileprivate var mayPass: Bool {
    switch self {
    case .tooManyOpenFiles, .tooManyOpenFilesOnHost, .addressNotAvailable, .addressInUse,
      .noBufferSpace,
      .noMemory, .wouldBlock:
      true
    default: false
    }
  }
}
