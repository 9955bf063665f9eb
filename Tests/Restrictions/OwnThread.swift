import CSeccomp
import Glibc
package import Linux
package import NetAddress
import Testing

/// A thread for one test: what is done to a thread ends with it.
package enum OwnThread {
  private final class Work {
    let action: () throws -> Void
    var error: (any Error)?
    init(_ action: @escaping () throws -> Void) { self.action = action }
  }

  /// Runs in a thread of its own, and waits for its end.
  package static func run(_ action: () throws -> Void) throws {
    try withoutActuallyEscaping(action) { action in
      let work = Work(action)
      var thread = pthread_t()
      let code = pthread_create(
        &thread, nil,
        { argument in
          guard let argument else { return nil }
          let work = Unmanaged<Work>.fromOpaque(argument).takeUnretainedValue()
          do { try work.action() } catch { work.error = error }
          return nil
        }, Unmanaged.passUnretained(work).toOpaque())
      try #require(code == 0)
      try withExtendedLifetime(work) {
        pthread_join(thread, nil)
        if let error = work.error { throw error }
      }
    }
  }

  /// A system call that fails, and with what.
  package enum Refusal {
    /// On that descriptor.
    case connect(CInt, Errno)
    case socket(AddressFamily, Errno)

    /// - Returns: 0, or −errno.
    fileprivate func begin() -> CInt {
      switch self {
      case .connect(let number, let code): cseccomp_refuse_connect(number, code.rawValue)
      case .socket(let family, let code): cseccomp_refuse_socket(family.number, code.rawValue)
      }
    }
  }

  /// Runs in a thread one of whose system calls fails.
  package static func run(refusing refusal: Refusal, _ action: () throws -> Void) throws {
    try run {
      try #require(refusal.begin() == 0)
      try action()
    }
  }

  /// Whether this machine lets a thread refuse itself something.
  package static let canRefuse = (try? run(refusing: .connect(-1, .notPermitted)) {}) != nil
}
