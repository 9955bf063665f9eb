package import Observations

extension OptionsUnknown {
  /// Why the options are not known, and what helps.
  package var text: String {
    switch self {
    case .unowned: "no process has it open"
    case .notAccepted: "it waits for a process to accept it"
    case .multipath: "it is a path of a Multipath TCP connection, which has options of its own"
    case .hidden: "its process may not be looked at; \(Self.remedy)"
    case .ofKernel: "no process has it open but the kernel itself, as NFS does"
    case .refused(let process, let errno):
      "\(process == 0 ? "its process" : "process \(process)") may not be looked at (\(errno));"
        + " \(Self.remedy)"
    case .noSystemCall: "the kernel has no pidfd_getfd, which came with Linux 5.6"
    case .notAsked: "they were not asked for"
    }
  }

  static let remedy = "run as root, or with CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH"
}
