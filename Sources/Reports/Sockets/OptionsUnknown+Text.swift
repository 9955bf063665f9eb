package import Observations

extension OptionsUnknown {
  /// Why the options are not known, and what helps.
  package var text: String {
    switch self {
    case .unowned: "no process has it open"
    case .notAccepted: "it waits for a process to accept it"
    case .multipath: "it is a path of a Multipath TCP connection, which has options of its own"
    case .hidden: "its process may not be looked at; \(Self.remedy)"
    case .ofNobodyHere:
      "no process that is seen here has it open: the kernel itself, as for NFS, or a process of"
        + " another PID namespace"
    case .refused(let process, let errno):
      "\(process == 0 ? "its process" : "process \(process)") may not be looked at (\(errno), of"
        + " another user or by kernel.yama.ptrace_scope);"
        + " \(Self.remedy)"
    case .noSystemCall: "the kernel has no pidfd_getfd, which came with Linux 5.6"
    case .notAsked: "they were not asked for"
    }
  }

  static let remedy = "run as root, or with CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH"
}
