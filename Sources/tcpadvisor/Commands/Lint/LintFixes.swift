import Advisor
import Linux
import Reports
import SysctlFiles

/// Files that can be mended.
struct LintFixes {
  private let changed: [(file: LintFile, bytes: [UInt8])]

  init(of files: [LintFile], by linter: Linter) {
    let fixer = LintFixer(linter)
    changed = files.compactMap { file in
      let bytes = fixer.fixed(file)
      return bytes == file.text.bytes ? nil : (file, bytes)
    }
  }

  /// As they are where they go to a program, which may apply them.
  func printDiffs() {
    let isRaw = !StandardStream.output.isTerminal
    for (file, bytes) in changed {
      let diff = UnifiedDiff(of: file.path, from: file.text.bytes, to: bytes)
      Console.print(some: diff.text, isPainted: isRaw)
    }
  }

  /// Writes them, and returns the inputs as they are then.
  func write(_ inputs: LintInputs) throws -> LintInputs {
    for (file, bytes) in changed {
      guard file.path != InputFile(path: "-").name else {
        throw UsageError("--write has no file to write to: standard input was read")
      }
      do throws(SystemCallError) {
        try AtomicFile.rewrite(file.path, with: bytes)
      } catch {
        throw UsageError("cannot write \(file.path): \(error.code)")
      }
    }
    var inputs = inputs
    inputs.replace(Dictionary(changed.map { ($0.file.path, $0.bytes) }) { first, _ in first })
    return inputs
  }
}
