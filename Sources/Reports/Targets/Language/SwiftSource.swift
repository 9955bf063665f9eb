import Advisor
import TCPModel

/// Swift on Linux, by the C library alone.
struct SwiftSource: LanguageSource {
  let name = "swift"
  let summary = "Code for Swift on Linux: options, connect with a deadline, heartbeat."
  let provedWith: String? = "swiftc"

  func fileName(for plan: String) -> String { "\(plan).swift" }

  func text(for groups: [CodeGroup], head: String) -> String {
    head + Self.code + swiftElements(groups.map(entry)) + "  ]\n}\n"
  }

  private func entry(_ group: CodeGroup) -> String {
    """
    \(comments(group.notes, indent: "    "))    \(group.group.name.codeQuoted): Connections(
    \(swiftArgument("before", group.before, row))\
    \(swiftArgument("after", group.after, row))\
          deadline: \(group.deadline.map(String.init) ?? "nil"), \
    heartbeat: \(group.heartbeat.map(String.init) ?? "nil"))
    """
  }

  private func row(_ option: CodeGroup.Option) -> String {
    let info = option.option.info
    return info.level == .socket
      ? "(SOL_SOCKET, \(info.name), \(option.value))"
      : "(CInt(IPPROTO_TCP), \(info.number), \(option.value))"
  }

  private static let code = """
    #if canImport(Glibc)
      import Glibc
    #else
      import Musl
    #endif

    /// An errno.
    public struct SocketError: Error { public let code: CInt }

    /// What the sockets of a group get; times are in milliseconds, nil is no limit.
    public struct Connections: Sendable {
      public typealias Option = (level: CInt, name: CInt, value: CInt)

      public let before, after: [Option]
      public let deadline, heartbeat: Int?

      /// Connects to one address.
      /// - Returns: a descriptor that does not block, and that the caller closes.
      public func connect(to address: UnsafePointer<sockaddr>, size: socklen_t) throws -> CInt {
        let flags = SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue
        let descriptor = socket(CInt(address.pointee.sa_family), CInt(flags), 0)
        guard descriptor >= 0 else { throw SocketError(code: errno) }
        do {
          try Self.set(before, on: descriptor)
          // `self.` would find this function.
          #if canImport(Glibc)
            let result = Glibc.connect(descriptor, address, size)
          #else
            let result = Musl.connect(descriptor, address, size)
          #endif
          // A signal does not end a connect: it goes on in the background.
          if result < 0 {
            guard [EINPROGRESS, EINTR].contains(errno) else { throw SocketError(code: errno) }
            try finish(descriptor)
          }
          try Self.set(after, on: descriptor)
          return descriptor
        } catch {
          close(descriptor)
          throw error
        }
      }

      /// Prepares a listening socket; what it accepts inherits the options.
      public func prepare(listener: CInt) throws { try Self.set(before, on: listener) }

      /// Waits until there is something to read; after each silence `beat` is to send something small.
      public func awaitData(on descriptor: CInt, beat: () throws -> Void) throws {
        while try !Self.wait(descriptor, for: POLLIN, heartbeat) { try beat() }
      }

      /// Writable alone means decided; SO_ERROR says how.
      private func finish(_ descriptor: CInt) throws {
        guard try Self.wait(descriptor, for: POLLOUT, deadline) else {
          throw SocketError(code: ETIMEDOUT)
        }
        var error: CInt = 0
        var size = socklen_t(MemoryLayout<CInt>.size)
        guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &size) == 0 else {
          throw SocketError(code: errno)
        }
        if error != 0 { throw SocketError(code: error) }
      }

      private static func wait(_ descriptor: CInt, for events: CInt, _ limit: Int?) throws -> Bool {
        let end = limit.map { ContinuousClock.now + .milliseconds($0) }
        while true {
          let left = end.map { ContinuousClock.now.duration(to: $0) }
          if let left, left <= .zero { return false }
          let milliseconds = left.map { $0 / .milliseconds(1) }.map { CInt($0.rounded(.up)) } ?? -1
          var polled = pollfd(fd: descriptor, events: CShort(events), revents: 0)
          let count = poll(&polled, 1, milliseconds)
          if count > 0 { return true }
          if count < 0, errno != EINTR { throw SocketError(code: errno) }
        }
      }

      private static func set(_ options: [Option], on descriptor: CInt) throws {
        for (level, name, value) in options {
          var value = value
          let size = socklen_t(MemoryLayout<CInt>.size)
          guard setsockopt(descriptor, level, name, &value, size) == 0 else {
            throw SocketError(code: errno)
          }
        }
      }

      /// The groups by their names.
      public static let groups: [String: Connections] = [

    """
}
