/// A capability by the kernel's number (`<linux/capability.h>`).
package enum Capability: Int, CaseIterable, Sendable {
  case chown = 0
  case dacOverride, dacReadSearch, fowner, fsetid, kill, setgid, setuid, setpcap, linuxImmutable
  case netBindService, netBroadcast, netAdmin, netRaw, ipcLock, ipcOwner, sysModule, sysRawio
  case sysChroot, sysPtrace, sysPacct, sysAdmin, sysBoot, sysNice, sysResource, sysTime
  case sysTTYConfig, mknod, lease, auditWrite, auditControl, setfcap, macOverride, macAdmin
  case syslog, wakeAlarm, blockSuspend, auditRead, perfmon, bpf, checkpointRestore

  /// For example `CAP_NET_ADMIN`.
  package var name: String { "CAP_" + words.map { $0.uppercased() }.joined(separator: "_") }

  private var words: [String] {
    switch self {
    case .sysTTYConfig: ["sys", "tty", "config"]
    default:
      "\(self)".reduce(into: [""]) { words, letter in
        if letter.isUppercase { words.append("") }
        words[words.count - 1].append(letter)
      }
    }
  }
}

extension Set<Capability> {
  /// As the kernel has them: bit n stands for capability n.
  var bits: UInt64 { reduce(0) { $0 | 1 << UInt64($1.rawValue) } }

  init(bits: UInt64) {
    self.init(Capability.allCases.filter { bits & 1 << UInt64($0.rawValue) != 0 })
  }
}
