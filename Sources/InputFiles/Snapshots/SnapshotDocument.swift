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

  struct Host: Decodable {
    let kernel, hz, netns: Value?
  }

  struct BootValue: Decodable {
    let value: Value?
  }

  private enum CodingKeys: String, CodingKey {
    case schemaVersion = "schema_version"
    case host, sysctls, unreadable, hostname, boot
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
    sysctls = try fields.decode([String: Value].self, forKey: .sysctls)
    unreadable = try fields.decodeIfPresent([String: Value].self, forKey: .unreadable)
    hostname = try fields.decodeIfPresent(Value.self, forKey: .hostname)
    boot = try fields.decodeIfPresent([String: BootValue].self, forKey: .boot)
  }

  /// Text or a number, as text.
  struct Value: Decodable {
    let text: String

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
