import Glibc

extension ProcFS {
  /// Writes into a file that is there, in one call, as files of `/proc/sys` demand.
  ///
  /// Only a sandbox in namespaces of its own has any business calling this.
  package func write(_ text: String, to name: String) throws(SystemCallError) {
    let file = try opening(name)
    try DescriptorIO.writeAll(text.utf8, to: file.number, path(name))
  }

  /// Returns the same file, to be written into later: a sysctl's stays that of the network
  /// namespace it was opened in (`proc_sys_call_handler`).
  package func opening(_ name: String) throws(SystemCallError) -> Descriptor {
    try Descriptor.opening(path(name), O_WRONLY)
  }
}
