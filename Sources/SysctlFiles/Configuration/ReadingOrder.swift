/// Which files of a configuration a loader reads, in which order, and which not.
struct ReadingOrder {
  private(set) var files: [ConfigurationFile] = []
  private(set) var leftOut: [(file: ConfigurationFile, fate: SysctlClaim.Fate)] = []

  /// That of a loader which is not started.
  init(leaving configuration: SysctlConfiguration) {
    let files = SysctlDirectory.allCases.flatMap { configuration.files[$0] ?? [] }
    leftOut = (files + [configuration.mainFile].compactMap(\.self)).map { ($0, .unread) }
  }

  init(of configuration: SysctlConfiguration, for loader: SysctlLoader) {
    var chosen: [Substring: ConfigurationFile] = [:]
    let others = SysctlDirectory.allCases.filter { !loader.directories.contains($0) }
    for directory in loader.directories + others {
      for file in configuration.files[directory] ?? [] {
        if !loader.reads(file.name) {
          leftOut.append((file, .unread))
        } else if others.contains(directory), chosen[file.name] == nil {
          leftOut.append((file, .unread))
        } else if let higher = chosen[file.name] {
          leftOut.append((file, .hidden(by: higher.path)))
        } else {
          chosen[file.name] = file
        }
      }
    }
    // As strcmp(3) has it: by bytes, whatever the directory.
    files = chosen.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map(\.value)
    if let mainFile = configuration.mainFile {
      if loader.readsMainFile {
        files.append(mainFile)
      } else {
        leftOut.append((mainFile, .unread))
      }
    }
  }
}
