import TCPModel

extension ConfigurationFormat {
  /// How files name a socket option by its numbers.
  package struct RawOptions: Sendable {
    /// What they stand below.
    let name: String
    /// The fields of the level, the number and the value; nil where these follow each other.
    let fields: [String]?

    package init(_ name: String, fields: [String]?) { (self.name, self.fields) = (name, fields) }

    /// Returns an option and its value; nil for what is none.
    func option(
      _ tree: ConfigurationTree
    ) -> (ConfigurationStatement.RawOption, ConfigurationWord)? {
      guard let words = words(tree), words.count == 3, let level = Int(words[0].text),
        let number = Int(words[1].text)
      else { return nil }
      return (ConfigurationStatement.RawOption(level: level, number: number), words[2])
    }

    private func words(_ tree: ConfigurationTree) -> [ConfigurationWord]? {
      if let fields { return fields.compactMap { tree[$0] } }
      guard case .list(let items) = tree else { return nil }
      return items.compactMap(\.word)
    }
  }
}

extension ConfigurationStatement.RawOption {
  /// Returns whether an option has these numbers.
  func isThat(_ option: SocketOption) -> Bool {
    option.info.level.number == level && option.info.number == number
  }

  /// As the kernel calls it; the numbers where it is not known.
  var name: String { SocketOption.all.first(where: isThat)?.name ?? "option \(number)" }
}
