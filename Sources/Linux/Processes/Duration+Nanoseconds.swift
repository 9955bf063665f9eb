extension Duration {
  /// Whole nanoseconds; what is finer is cut off, and what is beyond 292 years is 292 years.
  package var saturatingNanoseconds: Int64 {
    let (seconds, attoseconds) = components
    let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, isBeyond) = whole.addingReportingOverflow(attoseconds / 1_000_000_000)
    return overflow || isBeyond ? (seconds < 0 ? .min : .max) : sum
  }
}
