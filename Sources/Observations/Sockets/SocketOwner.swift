/// A descriptor of a process by which it has a socket open.
package struct SocketOwner: Hashable, Sendable {
  package let process: Int32
  package let descriptor: Int32

  package init(process: Int32, descriptor: Int32) {
    (self.process, self.descriptor) = (process, descriptor)
  }
}

/// A process that has sockets open.
package struct ObservedProcess: Hashable, Sendable {
  package let id: Int32
  /// The name of its main thread, at most 15 bytes (`/proc/PID/comm`).
  package let name: String
  /// The container it runs in, as its control group tells; nil if that tells of none.
  package let container: ContainerName?

  package init(id: Int32, name: String, container: ContainerName?) {
    (self.id, self.name, self.container) = (id, name, container)
  }
}
