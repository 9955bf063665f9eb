package import Linux

/// The network namespaces of this host that this user may see.
package struct NetworkNamespaces {
  package struct Entry: Sendable {
    /// A file that stands for it.
    package let path: String
    /// As `ip netns` has it; nil if it has no name there.
    package let name: String?
  }

  /// This process's own first, then those with a name, then those that only processes are in.
  package let entries: [Entry]

  /// Where `ip netns` keeps them.
  package static let home = ProcFS(root: "/run/netns")

  package init(in procFS: ProcFS = ProcFS(), home: ProcFS = Self.home) {
    var known: Set<UInt64> = []
    var entries: [Entry] = []
    func add(_ inode: UInt64?, _ entry: Entry) {
      if let inode, known.insert(inode).inserted { entries.append(entry) }
    }
    let named = ((try? home.list("")) ?? []).map { name in
      (inode: try? home.inode(name), name: name)
    }
    func name(of inode: UInt64?) -> String? {
      named.first { $0.inode != nil && $0.inode == inode }?.name
    }
    let own = try? procFS.inode("self/ns/net")
    add(own, Entry(path: procFS.path("self/ns/net"), name: name(of: own)))
    for (inode, name) in named { add(inode, Entry(path: home.path(name), name: name)) }
    for process in (try? procFS.processes())?.sorted() ?? [] {
      let path = "\(process)/ns/net"
      add(try? procFS.inode(path), Entry(path: procFS.path(path), name: nil))
    }
    self.entries = entries
  }
}
