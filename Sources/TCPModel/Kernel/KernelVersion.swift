/// A kernel release, compared by its first two numbers as rules and documents name it.
package struct KernelVersion: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let major: Int
  package let minor: Int
  /// The release as the kernel prints it (`kernel.osrelease`), for example `6.18.44-fc-v657`.
  package let release: String

  package init(_ major: Int, _ minor: Int) {
    (self.major, self.minor, self.release) = (major, minor, "\(major).\(minor)")
  }

  /// Reads a release such as `6.1`, `5.15.0-91-generic` or `6.18.44`; nil if it is none.
  package init?(_ release: String) {
    let numbers = release.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
    guard numbers.count >= 2, let major = Int(numbers[0]), major >= 0,
      let minor = Int(numbers[1].prefix { $0.isNumber }), minor >= 0, major < 1000, minor < 1000
    else { return nil }
    (self.major, self.minor, self.release) = (major, minor, release)
  }

  /// The third number, zero where there is none; nil if a distribution writes zero for whichever it
  /// built, as in `4.19.0-21-amd64`.
  package var patch: Int? {
    let numbers = release.split(separator: ".", maxSplits: 2)
    guard numbers.count == 3 else { return 0 }
    let digits = numbers[2].prefix { $0.isNumber }
    return digits == "0" && digits != numbers[2] ? nil : Int(digits)
  }

  /// Whether it is of the same series as another release, and not an earlier one of it; false where
  /// its third number is not known.
  func includes(_ other: KernelVersion) -> Bool {
    guard self == other, let patch, let others = other.patch else { return false }
    return patch >= others
  }

  /// Whether there was one of this number that has sysctls by these names.
  package var isConceivable: Bool { self >= KernelVersion(2, 2) }

  package var description: String { release }

  package static func == (left: Self, right: Self) -> Bool {
    (left.major, left.minor) == (right.major, right.minor)
  }

  package static func < (left: Self, right: Self) -> Bool {
    (left.major, left.minor) < (right.major, right.minor)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(major)
    hasher.combine(minor)
  }
}

extension KernelVersion {
  /// Several releases in a sentence: `5.15, 6.1 and 6.18`.
  package static func list(_ kernels: [KernelVersion]) -> String {
    kernels.map(\.description).listed
  }
}

extension [String] {
  /// Several names in a sentence: `a, b and c`.
  package var listed: String {
    guard let last, count > 1 else { return first ?? "" }
    return dropLast().joined(separator: ", ") + " and " + last
  }
}
