import Linux
import SysctlFiles
import TCPModel

/// The keys that are there to be read.
enum KeysThere {
  case below(ProcFS)
  case captured(SettingsSnapshot)
  /// Nothing is read: the files are of another tree.
  case none

  func matching(_ glob: SysctlGlob) -> [SysctlKey] {
    switch self {
    case .below(let procFS):
      glob.keys { directory in
        (try? procFS.list(directory.isEmpty ? "sys" : "sys/\(directory)")) ?? []
      }
    case .captured(let snapshot): snapshot.readings.keys.filter { glob.matches($0) }
    case .none: []
    }
  }
}
