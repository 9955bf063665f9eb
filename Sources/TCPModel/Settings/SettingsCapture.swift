/// How settings were read that somebody captured, as far as reports say it.
package struct SettingsCapture: Hashable, Sendable {
  package enum Format: CaseIterable, Hashable, Sendable {
    /// What the command `snapshot` wrote.
    case snapshot
    /// What `sysctl -a` printed, or a part of it.
    case dump
    /// A sysctl file, or several in a row.
    case files
  }

  /// A line of the capture, with its number from 1.
  package struct Line: Hashable, Sendable {
    package let number: Int
    package let text: String

    package init(_ number: Int, _ text: String) { (self.number, self.text) = (number, text) }
  }

  /// Something that a reader of the report should know.
  package enum Remark: Hashable, Sendable {
    /// Prompts, wrapped lines and others that say nothing.
    case skippedLines(count: Int, first: Line)
    /// The last line has no newline at its end, so that it may be cut off.
    case unendedLine(Line)
    case byteOrderMark
    /// No kernel has the key, and one with nearly the same name is known.
    case misspelt(Line, nearest: SysctlKey)
    /// So many keys look misspelt that not all are named.
    case moreMisspelt
    /// The kernel of an image is taken to be the newest of this directory of modules.
    case kernelOfModules(String)
    /// Nothing names a kernel, and the newest that is known is taken.
    case kernelAssumed(KernelVersion)
  }

  package let format: Format
  /// The line of text that names the kernel.
  package let release: Line?
  package let remarks: [Remark]

  package init(_ format: Format, release: Line? = nil, remarks: [Remark] = []) {
    (self.format, self.release, self.remarks) = (format, release, remarks)
  }
}
