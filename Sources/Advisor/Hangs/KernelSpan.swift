package import TCPModel

/// Releases in a row, without one between that is not meant.
package struct KernelSpan: Hashable, Sendable {
  package let first, last: KernelVersion

  init(_ first: KernelVersion, _ last: KernelVersion) { (self.first, self.last) = (first, last) }
}

extension [KernelVersion] {
  /// The spans of those that are modelled; where none is in that list, each by itself.
  package var spans: [KernelSpan] {
    let names = Set(map(\.release))
    let isKnown = { (kernel: KernelVersion) in names.contains(kernel.release) }
    let hasPatches = KernelRules.releases.contains { $0.patch != 0 && isKnown($0) }
    let all = KernelRules.everyRelease.filter { hasPatches || $0.patch == 0 }
    let runs = all.split { !isKnown($0) }
    let spans = runs.compactMap { run in
      run.first.flatMap { first in run.last.map { KernelSpan(first, $0) } }
    }
    // That of a host may be of a vendor.
    return spans.isEmpty ? map { KernelSpan($0, $0) } : spans
  }
}
