import Glibc

extension StandardStream {
  /// Puts something into the places of streams that whoever started this process has closed, before
  /// the next file that is opened takes them.
  ///
  /// Nothing can be read from it, and nothing written to it: EBADF or EISDIR. What would be written to
  /// standard error goes nowhere.
  package static func fillMissing() {
    for stream in [input, output, error] where fcntl(stream.rawValue, F_GETFD) == -1 {
      // The least that is free.
      if stream == error, open("/dev/null", O_WRONLY) != -1 { continue }
      _ = open("/", O_RDONLY | O_DIRECTORY)
    }
  }
}
