import FoundationEssentials

/// Text that is to be JSON.
enum JSONText {
  static func check(_ text: String, _ subject: String) throws(FuzzFault) {
    do {
      _ = try JSONDecoder().decode(AnyJSON.self, from: Data(text.utf8))
    } catch {
      throw FuzzFault("\(subject) is no JSON: \(error)")
    }
  }
}

/// JSON of any shape.
private struct AnyJSON: Decodable {
  init(from decoder: any Decoder) throws {
    if let fields = try? decoder.container(keyedBy: Name.self) {
      for key in fields.allKeys { _ = try fields.decode(AnyJSON.self, forKey: key) }
    } else if var items = try? decoder.unkeyedContainer() {
      while !items.isAtEnd { _ = try items.decode(AnyJSON.self) }
    } else {
      let value = try decoder.singleValueContainer()
      let isKnown =
        value.decodeNil() || (try? value.decode(Bool.self)) != nil
        || (try? value.decode(Double.self)) != nil || (try? value.decode(String.self)) != nil
      guard isKnown else {
        throw DecodingError.dataCorrupted(
          .init(codingPath: decoder.codingPath, debugDescription: ""))
      }
    }
  }

  private struct Name: CodingKey {
    let stringValue: String
    let intValue: Int? = nil
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}
