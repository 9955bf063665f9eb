/// What switches keepalive on or off in the sections of a file.
struct KeepaliveSwitches: Sendable {
  /// By the numbers of the sections, in their order.
  let switches: [Int: [ProgramSetting]]
  /// The sections whose settings hold in those below them, until the next one.
  let bases: [Int]
  /// For each of those the programs for which something below it switches keepalive on.
  let isOnBelow: [Int: Set<String>]

  init(_ settings: [ProgramSetting], _ statements: [ConfigurationStatement], inherited: String?) {
    let all = settings.filter(\.decidesSwitch)
    switches = Dictionary(grouping: all) { $0.statement.section }
    var bases: [Int] = []
    for statement in statements
    where statement.sectionName == inherited && bases.last != statement.section {
      bases.append(statement.section)
    }
    var (isOnBelow, next) = ([Int: Set<String>](), 0)
    for setting in all where setting.isOn == true {
      while next < bases.count, bases[next] <= setting.statement.section { next += 1 }
      if next > 0 { isOnBelow[bases[next - 1], default: []].insert(setting.program.name) }
    }
    (self.bases, self.isOnBelow) = (bases, isOnBelow)
  }
}
