import TCPModel

/// What the lines of a capture say, taken in one by one: of hundreds of thousands nothing is kept but
/// what holds.
///
/// As systemd-sysctl has it, the last of a doubled key holds, one that says the same once more stays
/// in the first place, and no glob reaches a key that is there by its name.
struct CapturedContent {
  /// A configuration has a few globs; so many would take long to try on every key.
  private static let mostGlobs = 1000
  /// A host with 3,000 network devices has 350,000 keys.
  private static let mostSettings = 500_000
  /// So many keys that look misspelt are named.
  private static let mostMisspelt = 20
  /// So many that no catalogue has are held against those that are known.
  private static let mostCompared = 5000

  /// What is said of keys by their names.
  private(set) var readings: [SysctlKey: SysctlReading] = [:]
  /// The keys that a `-` keeps from globs.
  private var excluded: Set<SysctlKey> = []
  private var globs: [SysctlGlob: (line: Int, value: String?)] = [:]
  private(set) var release: SettingsCapture.Line?
  /// What `sysctl` said of keys that it could not read.
  private(set) var messages: [SysctlKey: SysctlReading] = [:]
  private(set) var skipped: (count: Int, first: SettingsCapture.Line)?
  /// The last statement, if no newline ends it.
  private(set) var unendedLine: SettingsCapture.Line?
  /// Whether it names two kernels, or two hosts.
  private(set) var isOfSeveralHosts = false
  /// Whether there is what people write, and no `sysctl` prints.
  private(set) var isWritten = false
  /// Whether anything is said of the network.
  private(set) var isOfNetwork = false
  private(set) var lineCount = 0

  private var misspelt: [SysctlKey: (line: Int, meant: SysctlKey)] = [:]
  private(set) var hasMoreMisspelt = false
  private var compared = 0
  /// The statement on the line before.
  private var previous: (line: Int, key: SysctlKey, value: String)?

  init(of bytes: ArraySlice<UInt8>) throws(CapturedText.Refusal) {
    for line in SysctlLines(of: bytes) {
      lineCount = line.number
      switch CapturedLine(line) {
      case .blank: break
      case .comment: isWritten = true
      case .statement(let line, let statement): try take(statement, of: line)
      case .message(let key, let reading):
        guard let key else { continue }
        messages[key] = reading
        isOfNetwork = isOfNetwork || reading != nil && key.isOfNetwork
      case .rest:
        skip(line)
        continueValue(with: line)
      case .foreign: skip(line)
      }
    }
  }

  /// The keys that look like known ones, in their order.
  var misspelling: [(line: SettingsCapture.Line, meant: SysctlKey)] {
    misspelt.sorted { $0.key < $1.key }.map { key, found in
      (SettingsCapture.Line(found.line, key.rawValue), found.meant)
    }
  }

  /// Returns what globs say of keys that are not there by their names.
  func readings(of keys: [SysctlKey]) -> [SysctlKey: SysctlReading] {
    let sorted = globs.sorted { $0.value.line < $1.value.line }.filter { $0.value.value != nil }
    if sorted.isEmpty { return [:] }
    var found: [SysctlKey: SysctlReading] = [:]
    for key in keys where readings[key] == nil && !excluded.contains(key) {
      guard let value = sorted.last(where: { $0.key.matches(key) })?.value.value else { continue }
      found[key] = Self.reading(of: key, value)
    }
    return found
  }
}

extension CapturedContent {
  private static func reading(of key: SysctlKey, _ value: String) -> SysctlReading {
    SysctlReading(parsing: value, for: SysctlCatalog.definition(of: key))
  }

  private mutating func skip(_ line: SysctlLine) {
    skipped = ((skipped?.count ?? 0) + 1, skipped?.first ?? line.captured)
  }

  private mutating func take(_ statement: SysctlStatement, of line: SysctlLine)
    throws(CapturedText.Refusal)
  {
    unendedLine = line.ending == .none ? line.captured : nil
    isWritten = isWritten || statement.hyphen != nil || statement.pattern.key == nil
    switch statement.pattern {
    case .key(let key):
      isOfNetwork = isOfNetwork || key.isOfNetwork
      take(key, statement.value?.text, on: line.number)
      if readings.count + excluded.count > Self.mostSettings {
        throw .tooManySettings(line: line.number, Self.mostSettings)
      }
    case .glob(let glob):
      isOfNetwork = isOfNetwork || glob.path.hasPrefix("net/")
      previous = nil
      if let known = globs[glob], known.value == statement.value?.text { return }
      globs[glob] = (line.number, statement.value?.text)
      if globs.count > Self.mostGlobs { throw .tooManyGlobs(line: line.number, Self.mostGlobs) }
    }
  }

  private mutating func take(_ key: SysctlKey, _ value: String?, on line: Int) {
    guard let value else {
      readings[key] = nil
      misspelt[key] = nil
      excluded.insert(key)
      previous = nil
      return
    }
    previous = (line, key, value)
    let reading = Self.reading(of: key, value)
    guard let known = readings.updateValue(reading, forKey: key) else {
      excluded.remove(key)
      note(key, on: line)
      if key == .release { release = SettingsCapture.Line(line, value) }
      return
    }
    if known == reading { return }
    isOfSeveralHosts = isOfSeveralHosts || key == .release || key == .hostname
    if let found = misspelt[key] { misspelt[key] = (line, found.meant) }
    if key == .release { release = SettingsCapture.Line(line, value) }
  }

  /// Notes a key that looks like a known one; but there is an end of what is compared and named.
  private mutating func note(_ key: SysctlKey, on line: Int) {
    guard compared < Self.mostCompared, SysctlCatalog[key] == nil else { return }
    if key.isOfNetwork { compared += 1 }
    guard let meant = SysctlCatalog.meant(by: key) else { return }
    hasMoreMisspelt = misspelt.count >= Self.mostMisspelt
    if hasMoreMisspelt { compared = .max } else { misspelt[key] = (line, meant) }
  }

  /// A number that a terminal has wrapped is not the one that was printed.
  private mutating func continueValue(with line: SysctlLine) {
    guard let previous, previous.line == line.number - 1 else { return }
    readings[previous.key] = .malformed("\(previous.value) \(line.shown)")
  }
}

extension SysctlLine {
  /// As it is shown to people.
  fileprivate var shown: String { String(decoding: bytes.trimmed, as: UTF8.self) }

  fileprivate var captured: SettingsCapture.Line { SettingsCapture.Line(number, shown) }
}

extension SysctlKey {
  fileprivate static let release = SysctlKey("kernel.osrelease")
  fileprivate static let hostname = SysctlKey("kernel.hostname")

  fileprivate var isOfNetwork: Bool { rawValue.hasPrefix("net.") }
}
