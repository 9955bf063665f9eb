import Glibc

/// Files that are there whole or not at all.
package enum AtomicFile {
  /// Writes a temporary file beside the target, then renames it over the target.
  ///
  /// The mode holds whatever the umask; a symbolic link stays one, its target is replaced; what is no
  /// regular file (a device, a pipe) is written into as it is.
  package static func write(_ bytes: some Collection<UInt8>, to path: String, mode: UInt32 = 0o644)
    throws(SystemCallError)
  {
    var facts = stat()
    let exists = stat(path, &facts) == 0
    if exists && facts.st_mode & S_IFMT != S_IFREG {
      let device = try Descriptor.opening(path, O_WRONLY)
      try DescriptorIO.writeAll(bytes, to: device.number, path)
    } else {
      try replace(exists ? resolved(path) : path, with: bytes, mode: mode)
    }
  }

  /// Takes the place of what an existing file holds; its mode and its owner stay.
  ///
  /// A symbolic link stays one, its target is replaced.
  package static func rewrite(_ path: String, with bytes: some Collection<UInt8>)
    throws(SystemCallError)
  {
    var facts = stat()
    try systemCall("stat", on: path) { stat(path, &facts) }
    try replace(
      resolved(path), with: bytes, mode: facts.st_mode & 0o7777,
      owner: (user: facts.st_uid, group: facts.st_gid))
  }

  private static func replace(
    _ path: String, with bytes: some Collection<UInt8>, mode: UInt32,
    owner: (user: uid_t, group: gid_t)? = nil
  ) throws(SystemCallError) {
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { String(path[...$0]) } ?? "./"
    let name = slash.map { path[path.index(after: $0)...] } ?? path[...]
    let temporary = "\(folder).\(name.prefix(32)).\(getpid()).\(UInt32.random(in: .min ... .max))"
    let file = try Descriptor.opening(temporary, O_WRONLY | O_CREAT | O_EXCL, mode: 0o600)
    let number = file.number
    do throws(SystemCallError) {
      if let owner {
        try systemCall("fchown", on: temporary) { fchown(number, owner.user, owner.group) }
      }
      try fill(file, with: bytes, mode: mode, temporary)
      try systemCall("rename", on: path) { rename(temporary, path) }
    } catch {
      unlink(temporary)
      throw error
    }
    syncFolder(folder)
  }

  private static func fill(
    _ file: borrowing Descriptor, with bytes: some Collection<UInt8>, mode: UInt32,
    _ subject: String
  ) throws(SystemCallError) {
    let number = file.number
    try DescriptorIO.writeAll(bytes, to: number, subject)
    try systemCall("fchmod", on: subject) { fchmod(number, mode) }
    try systemCall("fsync", on: subject) { fsync(number) }
  }

  /// The new name survives a power cut only once its folder is written; some file systems refuse.
  private static func syncFolder(_ folder: String) {
    do throws(SystemCallError) {
      let folder = try Descriptor.opening(folder, O_RDONLY | O_DIRECTORY)
      fsync(folder.number)
    } catch {}
  }

  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }
}
