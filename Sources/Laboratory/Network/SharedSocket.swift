import Linux
import NetAddress

/// A socket that several owners keep open; the last one closes it, and leaves no orphan.
final class SharedSocket {
  let descriptor: Descriptor

  init(_ descriptor: consuming Descriptor) throws(SystemCallError) {
    self.descriptor = descriptor
    try self.descriptor.dropOnClose()
  }

  /// A socket as the kernel made it, whose closing may leave an orphan in the sandbox.
  init(asItIs descriptor: consuming Descriptor) { self.descriptor = descriptor }

  /// A new socket that is not connected yet.
  convenience init(_ family: AddressFamily) throws(SystemCallError) {
    try self.init(try Descriptor.streamSocket(family))
  }
}
