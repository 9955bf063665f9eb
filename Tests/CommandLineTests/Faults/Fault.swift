import Foundation
import Randomness

/// A system call that fails, by strace(1).
struct Fault: Hashable, CustomStringConvertible {
  let call, error: String
  /// Which one of its kind fails, counted from 1 by each process; `3+` is the third and all after it.
  let occurrence: String

  var description: String { "inject=\(call):error=\(error):when=\(occurrence)" }

  /// What starts a program so; a program that hangs is killed.
  var wrapper: [String] {
    [
      "/usr/bin/timeout", "-s", "KILL", "60", "strace", "-f", "-qq", "-o", "/dev/null", "-e",
      "trace=\(call)", "-e", description,
    ]
  }

  /// The errors that the manuals of calls name and that an administrator may meet.
  static let errors: [String: [String]] = [
    "accept4": ["ECONNABORTED", "EMFILE"], "bind": ["EADDRINUSE", "EACCES"],
    "capget": ["EPERM"], "capset": ["EPERM"], "clone": ["EAGAIN", "ENOMEM"],
    "clone3": ["EAGAIN", "ENOSYS"], "close": ["EIO", "EINTR"],
    "connect": ["EADDRNOTAVAIL", "ENETUNREACH", "EACCES", "EINTR", "EAGAIN"],
    "epoll_create1": ["EMFILE", "ENOMEM"], "epoll_ctl": ["ENOSPC", "ENOMEM"],
    "epoll_wait": ["EINTR"], "execve": ["ENOENT", "EACCES", "ETXTBSY"], "fchmod": ["EPERM"],
    "fchown": ["EPERM"], "fcntl": ["EINVAL"], "fsync": ["EIO"], "getdents64": ["ENOENT", "EIO"],
    "getsockname": ["ENOBUFS"], "getsockopt": ["ENOPROTOOPT", "ENOBUFS"],
    "ioctl": ["ENODEV", "EPERM"], "landlock_add_rule": ["EINVAL"],
    "landlock_create_ruleset": ["ENOSYS", "EOPNOTSUPP"],
    "landlock_restrict_self": ["EPERM", "E2BIG"], "listen": ["EADDRINUSE"],
    "mkdir": ["EROFS", "EDQUOT"], "newfstatat": ["EACCES", "ENOMEM"],
    "openat": ["EACCES", "EMFILE", "ENFILE", "ENOMEM", "EIO", "ENOENT", "EINTR", "ELOOP"],
    "pidfd_getfd": ["EPERM", "EBADF", "ENOSYS"], "pidfd_open": ["ESRCH", "EMFILE", "ENOSYS"],
    "pipe2": ["EMFILE", "ENFILE"], "poll": ["EINTR", "ENOMEM"], "prctl": ["EINVAL", "EPERM"],
    "prlimit64": ["EPERM"], "read": ["EIO", "EINTR", "EISDIR"],
    "readlink": ["EACCES", "EINVAL", "ENOENT"], "readlinkat": ["EACCES", "ENOENT"],
    "recvfrom": ["ENOBUFS", "ENOMEM", "EINTR"], "recvmsg": ["ENOBUFS", "ENOMEM", "EINTR"],
    "rename": ["EXDEV", "EROFS"], "sendmsg": ["ENOBUFS", "EPERM"],
    "sendto": ["ENOBUFS", "EPERM", "ECONNRESET"], "setns": ["EPERM", "EINVAL"],
    "setsockopt": ["ENOPROTOOPT", "EPERM", "EINVAL"], "shutdown": ["ENOTCONN"],
    "signalfd4": ["EMFILE", "ENODEV"],
    "socket": ["EMFILE", "EACCES", "ENOBUFS", "EAFNOSUPPORT", "EPROTONOSUPPORT"],
    "unlink": ["EROFS"], "unshare": ["EPERM", "ENOSPC", "EUSERS", "EINVAL", "ENOMEM"],
    "vfork": ["EAGAIN", "ENOMEM"], "wait4": ["EINTR"],
    "write": ["EIO", "ENOSPC", "EINTR", "EDQUOT"],
  ]

  /// Whether all are tried, which takes minutes, and not a few of them.
  static let all = ProcessInfo.processInfo.environment["TCPADVISOR_FAULTS"] == "all"

  /// Nil where it makes no sense.
  init?(_ call: String, _ error: String, _ occurrence: String) {
    // What is cut short for ever is made again for ever.
    if error == "EINTR", occurrence.hasSuffix("+") { return nil }
    (self.call, self.error, self.occurrence) = (call, error, occurrence)
  }

  /// The faults that a command may meet in code of ours: of each call that a process of it makes the
  /// first one, the last one, and all from there on.
  static func faults(in calls: [Trace.Call]) -> [Fault] {
    var counts: [Int: [String: Int]] = [:]
    var begun: Set<Int> = []
    var noted: Set<String> = []
    var places: [String: Set<Int>] = [:]
    for call in calls {
      let count = counts[call.process, default: [:]][call.name, default: 0] + 1
      counts[call.process, default: [:]][call.name] = count
      // Before that the loader and the run time begin.
      if call.arguments.hasPrefix("PR_SET_NO_NEW_PRIVS") || call.name == "unshare" {
        begun.insert(call.process)
      }
      guard begun.contains(call.process) else { continue }
      if noted.insert("\(call.name) of \(call.process)").inserted {
        places[call.name, default: []].insert(count)
      }
    }
    for (name, known) in places {
      if let last = counts.values.compactMap({ $0[name] }).max() {
        places[name] = known.union([last])
      }
    }
    return places.sorted { $0.key < $1.key }.flatMap { name, places in
      (errors[name] ?? []).flatMap { error in
        places.sorted().flatMap { ["\($0)", "\($0)+"] }.compactMap { Fault(name, error, $0) }
      }
    }
  }

  /// All of them, or a few that are the same in every run.
  static func chosen(from faults: [Fault], count: Int) -> [Fault] {
    guard !all, faults.count > count else { return faults }
    var dice = Dice(seed: 19)
    return Array(faults.shuffled(using: &dice).prefix(count))
  }
}
