package import SysctlFiles
package import TCPModel

/// An assignment to sysctls, wherever it is written; a class, because there may be tens of thousands.
package final class LintAssignment: Sendable {
  /// Whose sysctls it sets.
  package enum Target: Sendable {
    case host
    /// A pod, by its securityContext.
    case pod
    /// A container of Docker or Compose.
    case container

    /// Whether it is a network namespace other than the host's.
    var isNamespace: Bool { self != .host }
  }

  /// Namespaces of the host in which a pod or a container runs.
  package struct SharedNamespaces: OptionSet, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) { self.rawValue = rawValue }

    package static let network = Self(rawValue: 1)
    package static let ipc = Self(rawValue: 2)
  }

  /// What a value is to a reader of YAML.
  package enum ValueType: Sendable { case text, number, boolean }

  /// How it stands in a file that is none of sysctls.
  package struct Origin: Sendable {
    /// The value as it is written, where the reader of the file hands on another.
    package var written: String?
    package var valueType = ValueType.text
    package var shared: SharedNamespaces = []
    /// Whether it is written over less alone.
    package var onlyRaises = false
    /// The number of the list or the map around it.
    package var container: Int?

    package init() {}
  }

  /// Where the name stands.
  package let place: LintPlace
  package let name: String
  package let pattern: SysctlPattern
  package let value: String
  package let target: Target
  let origin: Origin
  /// Whether it is a line of a sysctl file; elsewhere other rules of writing hold.
  let isLine: Bool
  /// Whether a `-` stands before the name.
  let hasHyphen: Bool

  /// Nil for a glob.
  package let key: SysctlKey?
  private let known: KnownSysctl?
  /// What stands between blanks in the value.
  let words: [Substring]
  /// The numbers that the kernel reads, up to the first word that is none.
  let numbers: [Int]
  /// How many numbers the key holds; nil if it holds text, or nobody knows.
  let expectedNumbers: Int?

  package init(
    _ name: String, _ value: String, at place: LintPlace, for target: Target = .host,
    statement: SysctlStatement? = nil, origin: Origin = Origin()
  ) {
    (self.name, self.value, self.place, self.target) = (name, value, place, target)
    self.origin = origin
    (isLine, hasHyphen) = (statement != nil, statement?.hyphen != nil)
    pattern = statement?.pattern ?? SysctlPattern(parsing: name)
    key = pattern.key
    known = key.flatMap(KnownSysctl.of)
    expectedNumbers = key.flatMap { [known] in Self.expectedNumbers(of: $0, known?.sysctl) }
    words = value.utf8.split(whereSeparator: \.isBlank).map { Substring($0) }
    var numbers: [Int] = []
    for word in words {
      guard let number = KernelNumber.parse(word.utf8) else { break }
      numbers.append(number)
    }
    self.numbers = numbers
  }

  /// The number that the kernel reads first; nil where it reads none.
  var number: Int? { numbers.first }

  /// The last part of the name, with which people speak of it.
  /// One with separators mixed is written out.
  var shortName: Substring {
    if let known { return known.shortName }
    guard let short = key?.shortName, !short.utf8.contains(UInt8(ascii: "/")) else {
      return Substring(name)
    }
    return short
  }

  /// As a message begins: `tcp_tw_reuse = 1`.
  var text: String { "\(shortName) = \(origin.written ?? shownValue)" }

  /// The value without a remark, cut to what fits into a line.
  var shownValue: String {
    value[..<(remark?.startIndex ?? value.endIndex)].prefix(60).trimmedBlanks
  }

  /// What is known of the key; nil if it is in no catalogue.
  var sysctl: Sysctl? { known?.sysctl }
}

/// A sysctl of the catalogue in one place, of which thousands of assignments know.
private final class KnownSysctl: Sendable {
  let sysctl: Sysctl
  let shortName: Substring

  private static let catalogue = SysctlCatalog.byKey.mapValues { KnownSysctl($0) }

  private init(_ sysctl: Sysctl) {
    (self.sysctl, shortName) = (sysctl, sysctl.key.shortName)
  }

  static func of(_ key: SysctlKey) -> KnownSysctl? {
    catalogue[key] ?? SysctlCatalog.ofDevice(key).map { KnownSysctl($0) }
  }
}
