import Foundation
import TCPModel
import Testing

/// The catalogue of sysctls against the running kernel, in a network namespace of its own.
struct KernelRangeTests {
  private static let release =
    (try? String(contentsOfFile: "/proc/sys/kernel/osrelease", encoding: .utf8))
    .flatMap { KernelVersion($0.filter { !$0.isNewline }) }
  /// The ranges are those of this release and later.
  private static let isNewEnough = release.map { $0 >= KernelVersion(6, 15) } ?? false

  /// Whether the running kernel has the range, not a wider one.
  private static func hasRange(_ sysctl: Sysctl) -> Bool {
    guard let release, let since = sysctl.rangeCheckedSince else { return true }
    return release >= since
  }

  /// Reads each key, then writes its numbers: `key value…` in, `key default accepted…` out.
  private static let script = """
    ip link set lo up 2>/dev/null
    while read -r path values; do
      file=/proc/sys/$path
      if [ ! -e "$file" ]; then echo "$path absent"; continue; fi
      line="$path $(tr '\\t' ' ' < "$file" | tr ' ' ,)"
      for value in $values; do
        if echo "$value" 2>/dev/null > "$file"; then line="$line yes"; else line="$line no"; fi
      done
      echo "$line"
    done 2>/dev/null
    """

  private static func run(_ lines: [String]) throws -> [String: [Substring]] {
    let input = lines.map { $0 + "\n" }.joined()
    let run = try Run(Machine.newNetwork + ["/bin/sh", "-c", script], input: input)
    let rows = run.output.split(separator: "\n").map { $0.split(separator: " ") }
    return Dictionary(rows.map { (String($0[0]), Array($0.dropFirst())) }) { first, _ in first }
  }

  /// A new namespace has no table for all devices, but loopback's own begins with the same.
  private static func path(_ key: SysctlKey) -> String {
    key.path.replacingOccurrences(of: "/neigh/default/", with: "/neigh/lo/")
  }

  private static let sysctls = SysctlCatalog.all.filter(\.isPerNamespace)

  @Test(
    .enabled(if: Machine.allowsNamespaces, "namespaces are refused here"),
    .enabled(if: isNewEnough, "the ranges are those of Linux 6.15 and later"))
  func `kernel ranges: the kernel takes the range of a sysctl and nothing beyond`() throws {
    let hertz = try #require(TickRate(hertz: sysconfHertz))
    let ranges = Self.sysctls.compactMap { sysctl -> (Sysctl, ClosedRange<Int>)? in
      guard let range = sysctl.range, Self.hasRange(sysctl) else { return nil }
      let most = Int(Int32.max) / hertz.hertz
      return (sysctl, sysctl.isKeptInJiffies ? -most...most : range)
    }
    let answers = try Self.run(
      ranges.map { sysctl, range in
        let (least, most) = (range.lowerBound, range.upperBound)
        return "\(Self.path(sysctl.key)) \(least) \(most) \(least - 1) \(most + 1)"
      })
    var checked = 0
    for (sysctl, _) in ranges {
      let answer = try #require(answers[Self.path(sysctl.key)])
      if answer == ["absent"] { continue }
      #expect(answer.suffix(4) == ["yes", "yes", "no", "no"], "\(sysctl.key): \(answer)")
      checked += 1
    }
    #expect(checked > 40)
  }

  @Test(
    .enabled(if: Machine.allowsNamespaces, "namespaces are refused here"))
  func `kernel ranges: a new namespace begins with the compiled defaults`() throws {
    let kernel = try #require(Self.release)
    let answers = try Self.run(Self.sysctls.map { Self.path($0.key) })
    var checked = 0
    for sysctl in Self.sysctls {
      guard let usual = sysctl.defaultValue(in: kernel),
        let answer = answers[Self.path(sysctl.key)],
        answer != ["absent"]
      else { continue }
      let value = answer.first?.split(separator: ",").joined(separator: " ") ?? ""
      #expect(value == usual, "\(sysctl.key)")
      checked += 1
    }
    #expect(checked > 40)
  }

  private var sysconfHertz: Int {
    var resolution = timespec()
    clock_getres(CLOCK_MONOTONIC_COARSE, &resolution)
    return 1_000_000_000 / max(1, resolution.tv_nsec)
  }
}
