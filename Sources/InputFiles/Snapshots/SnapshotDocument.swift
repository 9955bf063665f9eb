import FoundationEssentials

/// The JSON object that the command `snapshot` writes, as far as it is read again.
struct SnapshotDocument: Decodable {
  /// The one version of the document that is read.
  private static let schemaVersion = "1"

  let host: Host
  let sysctls: [String: Value]
  /// The name of an errno by that of a key.
  let unreadable: [String: Value]?
  let hostname: Value?
  /// What the next boot gives keys; nil where that is not known.
  let boot: [String: BootValue]?
  let namespaces: [Namespace]?
  let sockets: [SocketGroup]?

  struct Host: Decodable {
    let kernel, hz, netns: Value?
  }

  struct BootValue: Decodable {
    let value: Value?
  }

  struct Namespace: Decodable {
    let netns: Value?
    /// Those that differ from the host's; nil where it could not be entered.
    let sysctls: [String: Value]?
  }

  struct SocketGroup: Decodable {
    let netns, process, address: Value?
    let peer: String
    let port, sockets: Int
    let bothEndsHere, keepalive: Bool?
    /// By the names of options; nil where they are not known.
    let setByProgram: [String: Int]?

    private enum CodingKeys: String, CodingKey {
      case netns, process, address, peer, port, sockets, keepalive
      case bothEndsHere = "both_ends_here"
      case setByProgram = "set_by_program"
    }
  }

  private enum CodingKeys: String, CodingKey {
    case schemaVersion = "schema_version"
    case host, sysctls, unreadable, hostname, boot, namespaces, sockets
  }

  /// Another version may have another shape, so it is looked at before anything else.
  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    let version = try fields.decodeIfPresent(Value.self, forKey: .schemaVersion)
    if let version, version.text != Self.schemaVersion {
      throw SnapshotError(
        at: [CodingKeys.schemaVersion.stringValue],
        """
        this release of tcpadvisor reads version \(Self.schemaVersion), not \(quoted(version.text)): \
        use one that does, or capture again with this one
        """)
    }
    host = try fields.decode(Host.self, forKey: .host)
    sysctls = try Self.values(in: fields, .sysctls)
    unreadable = try fields.decodeIfPresent([String: Value].self, forKey: .unreadable)
    hostname = try fields.decodeIfPresent(Value.self, forKey: .hostname)
    boot = try fields.decodeIfPresent([String: BootValue].self, forKey: .boot)
    namespaces = try fields.decodeIfPresent([Namespace].self, forKey: .namespaces)
    sockets = try fields.decodeIfPresent([SocketGroup].self, forKey: .sockets)
  }

  /// As the tool writes them first, which is several times as fast.
  private static func values(
    in fields: KeyedDecodingContainer<CodingKeys>, _ key: CodingKeys
  ) throws -> [String: Value] {
    if let texts = try? fields.decode([String: String].self, forKey: key) {
      return texts.mapValues(Value.init(text:))
    }
    return try fields.decode([String: Value].self, forKey: key)
  }

  /// Text or a number, as text.
  struct Value: Decodable {
    let text: String

    init(text: String) { self.text = text }

    init(from decoder: any Decoder) throws {
      do {
        text = try decoder.singleValueContainer().decode(String.self)
      } catch DecodingError.typeMismatch, DecodingError.valueNotFound {
        text = try Self.number(of: decoder)
      }
    }

    private static func number(of decoder: any Decoder) throws -> String {
      let value = try decoder.singleValueContainer()
      if let number = try? value.decode(Int.self) { return "\(number)" }
      if let number = try? value.decode(Double.self) { return "\(number)" }
      throw SnapshotError(
        at: decoder.codingPath.map(\.stringValue),
        "\(try kind(of: decoder)) stands where a value is needed")
    }

    private static func kind(of decoder: any Decoder) throws -> String {
      if (try? decoder.unkeyedContainer()) != nil { return "a list" }
      if (try? decoder.container(keyedBy: CodingKeys.self)) != nil { return "an object" }
      let value = try decoder.singleValueContainer()
      if value.decodeNil() { return "null" }
      return (try? value.decode(Bool.self)) != nil ? "true or false" : "a number out of range"
    }
  }
}
