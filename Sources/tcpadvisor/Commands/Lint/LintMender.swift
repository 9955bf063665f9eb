import Advisor
import Linux
import Reports
import SysctlFiles

/// Mends files, or prints what would be changed.
struct LintMender {
  private let fixer: LintFixer
  /// Whether it goes into the files.
  private let isWriting: Bool

  init(_ linter: Linter, isWriting: Bool) {
    (fixer, self.isWriting) = (LintFixer(linter), isWriting)
  }

  /// Returns the files as they are then.
  func mended(_ group: LintGroup) throws -> LintGroup {
    let files = try group.files.map { file in
      let bytes = fixer.fixed(file)
      if bytes == file.text.bytes { return file }
      guard isWriting else {
        printDiff(of: file, bytes)
        return file
      }
      try write(bytes, to: file.path)
      return file.holding(bytes)
    }
    return LintGroup(files, configuration: group.configuration, isHost: group.isHost)
  }

  /// As it is where it goes to a program, which may apply it.
  private func printDiff(of file: LintFile, _ bytes: [UInt8]) {
    let diff = UnifiedDiff(of: file.path, from: file.text.bytes, to: bytes)
    Console.print(some: diff.text, isPainted: !StandardStream.output.isTerminal)
  }

  private func write(_ bytes: [UInt8], to path: String) throws {
    guard path != InputFile(path: "-").name else {
      throw UsageError("--write has no file to write to: standard input was read")
    }
    do throws(SystemCallError) {
      try AtomicFile.rewrite(path, with: bytes)
    } catch {
      throw UsageError("cannot write \(path): \(error.code)")
    }
  }
}
