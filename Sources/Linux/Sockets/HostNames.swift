import Glibc
package import NetAddress

/// What the system's resolver knows, by whatever way its configuration says; it may take long.
package enum HostNames {
  /// Returns the addresses of a name in the order in which a program would try them (RFC 6724),
  /// with port 0.
  /// - Parameter family: nil is both.
  /// - Throws: `NameError`.
  package static func addresses(of name: String, _ family: AddressFamily?)
    throws(NameError) -> [Endpoint]
  {
    if Executable.isStatic { return try addresses(of: name, family, from: NameDatabase()) }
    var hints = addrinfo()
    hints.ai_family = family?.number ?? AF_UNSPEC
    hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(name, nil, &hints, &list)
    guard code == 0 else { throw NameError(code: code) }
    defer { freeaddrinfo(list) }
    var found: [Endpoint] = []
    var entry = list
    while let current = entry {
      if let address = Endpoint(current.pointee), !found.contains(address) {
        found.append(address)
      }
      entry = current.pointee.ai_next
    }
    return found
  }

  /// The same as getent(1) tells it.
  package static func addresses(
    of name: String, _ family: AddressFamily?, from database: NameDatabase
  ) throws(NameError) -> [Endpoint] {
    let kind = family.map { $0 == .v4 ? "ahostsv4" : "ahostsv6" } ?? "ahosts"
    let entries: [[Substring]]
    do throws(NameDatabase.Failure) {
      entries = try database.entries(of: kind, name)
    } catch {
      throw NameError(error)
    }
    // Each address once for every kind of socket, in the order in which programs try them.
    // Asked for IPv6, it tells addresses of IPv4 in the form of IPv6 as well.
    let found = entries.filter { $0.count < 2 || $0[1] == "STREAM" }.compactMap { words in
      words.first.flatMap(Self.endpoint)
    }.filter { family == nil || $0.address.unmapped.family == family }
    guard !found.isEmpty else { throw NameError(code: EAI_NONAME) }
    return found.reduce(into: []) { each, address in
      if !each.contains(address) { each.append(address) }
    }
  }

  /// An address that may have a scope: `fe80::1%eth0`, or with its number.
  private static func endpoint(_ text: Substring) -> Endpoint? {
    let parts = text.split(separator: "%", maxSplits: 1)
    guard let address = parts.first.flatMap({ IPAddress(String($0)) }) else { return nil }
    let scope = parts.count > 1 ? scope(ofInterface: String(parts[1])) : nil
    return Endpoint(address, port: 0, scope: scope ?? 0)
  }

  /// Services as getent(1) tells them, such as `https 443/tcp`.
  package static func services(_ name: String? = nil, from database: NameDatabase)
    -> [(name: String, port: UInt16)]
  {
    let entries = (try? database.entries(of: "services", name.map { $0 + "/tcp" })) ?? []
    return entries.compactMap { words in
      guard words.count > 1 else { return nil }
      let parts = words[1].split(separator: "/")
      guard parts.count == 2, parts[1] == "tcp", let port = UInt16(parts[0]) else { return nil }
      return (String(words[0]), port)
    }
  }

  /// Returns the TCP port of a service such as `https`; nil if the system knows none.
  package static func port(ofService name: String) -> UInt16? {
    if Executable.isStatic { return services(name, from: NameDatabase()).first?.port }
    guard let entry = getservbyname(name, "tcp") else { return nil }
    return UInt16(truncatingIfNeeded: entry.pointee.s_port).byteSwapped
  }

  /// The names of all TCP services that the system lists; read once, as `getservent` has one place.
  package static let services: [String] = {
    if Executable.isStatic { return services(from: NameDatabase()).map(\.name) }
    setservent(1)
    defer { endservent() }
    var names: [String] = []
    while let entry = getservent() {
      guard strcmp(entry.pointee.s_proto, "tcp") == 0 else { continue }
      names.append(String(cString: entry.pointee.s_name))
    }
    return names
  }()

  /// The names of the interfaces of this namespace.
  package static var interfaces: [String] {
    guard let list = if_nameindex() else { return [] }
    defer { if_freenameindex(list) }
    return sequence(first: list) { $0.successor() }.lazy.map(\.pointee)
      .prefix { $0.if_index != 0 }.map { String(cString: $0.if_name) }
  }

  /// Returns the number of an interface, as the scope of a link-local address; nil if there is
  /// none.
  package static func scope(ofInterface name: String) -> UInt32? {
    if let number = UInt32(name) { return number }
    let index = if_nametoindex(name)
    return index == 0 ? nil : index
  }

  /// Returns the name of an interface of this namespace; nil if there is none.
  package static func interface(_ number: UInt32) -> String? {
    var text = [CChar](repeating: 0, count: Int(IF_NAMESIZE))
    guard if_indextoname(number, &text) != nil else { return nil }
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}

/// Why a name has no address.
package struct NameError: Error, Equatable, Sendable {
  package let code: CInt
  /// Said in place of what the code means; nil where that is all.
  private var reason: String?

  init(code: CInt) { self.code = code }

  /// getent(1) ends with 2 where a key is not found.
  fileprivate init(_ failure: NameDatabase.Failure) {
    switch failure {
    case .ended(2): code = EAI_NONAME
    case .ended(let status): (code, reason) = (EAI_AGAIN, "getent ended with \(status)")
    case .missing:
      (code, reason) = (EAI_SYSTEM, "this host has no getent, which the static program asks")
    case .systemCall(let error): (code, reason) = (EAI_SYSTEM, "getent: \(error)")
    }
  }

  /// The name that the header gives it, and what it means.
  package var description: String {
    let name = Self.names.first { $0.0 == code }?.1 ?? "EAI \(code)"
    return "\(name): \(reason ?? String(cString: gai_strerror(code)))"
  }

  private static let names: [(CInt, String)] = [
    (EAI_NONAME, "EAI_NONAME"), (EAI_AGAIN, "EAI_AGAIN"), (EAI_FAIL, "EAI_FAIL"),
    (EAI_FAMILY, "EAI_FAMILY"), (EAI_MEMORY, "EAI_MEMORY"), (EAI_SYSTEM, "EAI_SYSTEM"),
    (EAI_SERVICE, "EAI_SERVICE"), (-5, "EAI_NODATA"), (-9, "EAI_ADDRFAMILY"),
  ]
}

extension Endpoint {
  fileprivate init?(_ entry: addrinfo) {
    guard let address = entry.ai_addr else { return nil }
    var storage = sockaddr_storage()
    let length = min(Int(entry.ai_addrlen), MemoryLayout<sockaddr_storage>.size)
    withUnsafeMutableBytes(of: &storage) {
      $0.copyMemory(from: UnsafeRawBufferPointer(start: address, count: length))
    }
    self.init(storage, length: socklen_t(length))
  }
}
