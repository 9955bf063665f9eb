import CLinux
import Glibc

/// Why the kernel refused a call; an open set.
package struct Errno: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  package let rawValue: CInt

  package init(rawValue: CInt) { self.rawValue = rawValue }

  /// What the last failed call of this thread left; only `systemCall` reads it.
  static var current: Errno { Errno(rawValue: errno) }

  /// The name that headers give it, for example `EACCES`.
  package var name: String {
    clinux_errno_name(rawValue).map { String(cString: $0) } ?? "errno \(rawValue)"
  }

  package var description: String { name }

  package static let accessDenied = Errno(rawValue: EACCES)
  package static let addressFamilyNotSupported = Errno(rawValue: EAFNOSUPPORT)
  package static let addressInUse = Errno(rawValue: EADDRINUSE)
  package static let addressNotAvailable = Errno(rawValue: EADDRNOTAVAIL)
  package static let alreadyInProgress = Errno(rawValue: EALREADY)
  package static let badAddress = Errno(rawValue: EFAULT)
  package static let badDescriptor = Errno(rawValue: EBADF)
  package static let badMessage = Errno(rawValue: EBADMSG)
  package static let brokenPipe = Errno(rawValue: EPIPE)
  package static let connectionAborted = Errno(rawValue: ECONNABORTED)
  package static let connectionRefused = Errno(rawValue: ECONNREFUSED)
  package static let connectionReset = Errno(rawValue: ECONNRESET)
  package static let exists = Errno(rawValue: EEXIST)
  package static let fileTooLarge = Errno(rawValue: EFBIG)
  package static let hostUnreachable = Errno(rawValue: EHOSTUNREACH)
  package static let inProgress = Errno(rawValue: EINPROGRESS)
  package static let interrupted = Errno(rawValue: EINTR)
  package static let invalidArgument = Errno(rawValue: EINVAL)
  package static let isConnected = Errno(rawValue: EISCONN)
  package static let isDirectory = Errno(rawValue: EISDIR)
  package static let messageTooLong = Errno(rawValue: EMSGSIZE)
  package static let networkUnreachable = Errno(rawValue: ENETUNREACH)
  package static let noBufferSpace = Errno(rawValue: ENOBUFS)
  package static let noData = Errno(rawValue: ENODATA)
  package static let noDevice = Errno(rawValue: ENODEV)
  package static let noEntry = Errno(rawValue: ENOENT)
  package static let notDirectory = Errno(rawValue: ENOTDIR)
  package static let noMemory = Errno(rawValue: ENOMEM)
  package static let noSpace = Errno(rawValue: ENOSPC)
  package static let noProcess = Errno(rawValue: ESRCH)
  package static let noSystemCall = Errno(rawValue: ENOSYS)
  package static let notPermitted = Errno(rawValue: EPERM)
  package static let notSupported = Errno(rawValue: EOPNOTSUPP)
  package static let protocolError = Errno(rawValue: EPROTO)
  package static let stale = Errno(rawValue: ESTALE)
  package static let timedOut = Errno(rawValue: ETIMEDOUT)
  package static let tooManyOpenFiles = Errno(rawValue: EMFILE)
  package static let tooManyOpenFilesOnHost = Errno(rawValue: ENFILE)
  package static let wouldBlock = Errno(rawValue: EAGAIN)
}
