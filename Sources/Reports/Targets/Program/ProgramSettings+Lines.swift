import Advisor
import TCPModel

extension ProgramSettings {
  /// Returns a line for each setting that is told: `tcp_keepidle = 60`.
  /// - Parameters:
  ///   - names: of options and times, in the order of the lines.
  ///   - write: makes a line of a name and its number, without the newline.
  func lines(_ names: [ProgramKnob.Subject], _ write: (String, Int) -> String) -> String {
    names.compactMap { subject -> String? in
      guard let number = self[subject], let knob = program.knob(subject) else { return nil }
      return write(knob.name, number) + "\n"
    }.joined()
  }

  /// Returns `name=number` for each setting that is told.
  func parameters(_ names: [ProgramKnob.Subject], _ write: (String, Int) -> String) -> [String] {
    lines(names, write).split(separator: "\n").map(String.init)
  }
}

extension [ProgramKnob.Subject] {
  /// The three numbers of keepalive.
  static let keepaliveNumbers: Self = [
    .option(.keepIdle), .option(.keepInterval), .option(.keepCount),
  ]
  /// Keepalive as a whole and the user timeout.
  static let liveness: Self = [.option(.keepalive)] + keepaliveNumbers + [.option(.userTimeout)]
  /// The times to connect and to wait for an answer.
  static let waits: Self = [.timer(.connectTimeout), .timer(.connectTotal), .timer(.readTimeout)]
}

extension Int {
  /// A number of milliseconds as most programs write times: `10s`, `4500ms`.
  var timeText: String { self % 1000 == 0 ? "\(self / 1000)s" : "\(self)ms" }

  /// A number of milliseconds as a number of seconds: `10`, `4.5`.
  var secondsText: String {
    guard self % 1000 != 0 else { return "\(self / 1000)" }
    var fraction = String(String(1000 + self % 1000).dropFirst())
    while fraction.hasSuffix("0") { fraction.removeLast() }
    return "\(self / 1000).\(fraction)"
  }
}
