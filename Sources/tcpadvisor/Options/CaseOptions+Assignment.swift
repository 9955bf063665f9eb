import InputFiles
import TCPModel

extension CaseOptions {
  /// Reads `TCP_SYNCNT=2`, or the name of a flag.
  /// - Throws: what is wrong, without the text itself.
  static func assignment(_ text: String, under kernel: KernelVersion?) throws(UsageError)
    -> (SocketOption, Int)
  {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let option = try option(named: String(parts[0]), under: kernel)
    // A flag needs no value: naming it switches it on.
    guard parts.count == 2 else {
      if option.unit == .flag { return (option, 1) }
      throw UsageError("a value is needed, such as \(option)=\(option.exampleValue)")
    }
    guard let value = Int(parts[1]), option.range.contains(value) else {
      throw UsageError(option.objection(to: parts[1]))
    }
    return (option, value)
  }

  private static func option(named text: String, under kernel: KernelVersion?) throws(UsageError)
    -> SocketOption
  {
    let name = text.uppercased()
    guard let option = SocketOption(named: name) else {
      guard SocketOptionInfo(named: name) == nil else {
        throw UsageError("it decides no scenario, so it cannot be tried; see `explain \(name)`")
      }
      let near = NearestName.question(name, among: SocketOption.all.map(\.name))
      throw UsageError("unknown socket option" + (near ?? ""))
    }
    if let kernel, let since = option.info.since, !option.info.exists(in: kernel) {
      throw UsageError("Linux \(kernel) has no such option; it came with \(since)")
    }
    return option
  }
}

extension SocketOption {
  /// A value that a program might set.
  fileprivate var exampleValue: Int {
    switch unit {
    case .milliseconds: 30_000
    case .microseconds: 100_000
    case .seconds: 60
    default: min(5, range.upperBound)
    }
  }

  /// Why a text is no value of it.
  fileprivate func objection(to text: Substring) -> String {
    let range = "\(range.lowerBound) to \(range.upperBound)"
    guard let step else { return "the kernel accepts \(range)" }
    guard let time = try? DurationText.duration(text),
      let value = Int(exactly: time / step), self.range.contains(value)
    else { return "the kernel accepts \(range) \(unit.rawValue)" }
    return "it is a number of \(unit.rawValue), \(range); \(text) is \(name)=\(value)"
  }

  /// What one stands for, where it is a time.
  private var step: Duration? {
    switch unit {
    case .milliseconds: .milliseconds(1)
    case .microseconds: .microseconds(1)
    case .seconds: .seconds(1)
    default: nil
    }
  }
}
