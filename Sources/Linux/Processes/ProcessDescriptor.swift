import CLinux

/// A process, held so that no other one takes its place under its number (pidfd_open(2), Linux 5.3).
package struct ProcessDescriptor: ~Copyable {
  private let process: Int32
  private let descriptor: Descriptor

  /// - Throws: ESRCH where it has ended, ENOSYS before Linux 5.3.
  package init(of process: Int32) throws(SystemCallError) {
    self.process = process
    descriptor = Descriptor(
      owning: try wrappedCall("pidfd_open", on: "process \(process)") {
        clinux_process_descriptor(process)
      })
  }

  /// Returns a duplicate of one of its descriptors (pidfd_getfd(2), Linux 5.6).
  ///
  /// The process is not stopped and does not notice. What it closes meanwhile lives on until the
  /// duplicate is closed as well.
  /// - Throws: EPERM where it may not be traced, EBADF where it has closed it, ENOSYS before Linux
  ///   5.6.
  package func duplicate(_ number: Int32) throws(SystemCallError) -> Descriptor {
    let own = descriptor.number
    return Descriptor(
      owning: try wrappedCall(
        "pidfd_getfd", on: "descriptor \(number) of process \(process)", isOurs: false
      ) { clinux_duplicate_from(own, number) })
  }
}
