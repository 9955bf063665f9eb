import Advisor
import TCPModel

/// What a program sets or keeps itself, with its unit, phase and reason, as every target of the
/// program part shares it.
struct AnnotatedOption {
  enum Setting {
    case option(SocketOption, value: Int)
    /// A time that the program keeps itself, for each of so many addresses.
    case deadline(Scenario, Duration, addresses: Int)
  }

  /// The group of connections.
  let group: String
  let setting: Setting
  /// Nil for what is no option of a socket.
  let when: Plan.Moment?
  /// Whether the program does so today.
  let isToday: Bool
  /// What it changes, with before and after, as far as the plan says.
  let reasons: [String]

  /// `TCP_USER_TIMEOUT`, or `connect deadline`.
  var name: String {
    switch setting {
    case .option(let option, _): option.name
    case .deadline(let scenario, _, _): "\(scenario.rawValue) deadline"
    }
  }

  /// The value with its unit.
  var valueText: String {
    switch setting {
    case .option(let option, let value): option.text(of: value)
    case .deadline(_, let time, let addresses):
      time.text + (addresses > 1 ? " for each address" : "")
    }
  }
}

extension PortablePlan {
  /// All that programs have to do: deadlines first, then the options group by group.
  var annotatedOptions: [AnnotatedOption] {
    plan.deadlines.map { deadline in
      AnnotatedOption(
        group: deadline.group,
        setting: .deadline(deadline.scenario, deadline.time, addresses: deadline.addresses),
        when: nil, isToday: false, reasons: deadline.effects.map(\.text))
    } + profiles.flatMap(\.groups).flatMap(annotatedOptions)
  }

  /// The options that the program of a group sets, today's among them.
  func annotatedOptions(of group: ConnectionGroup) -> [AnnotatedOption] {
    options(of: group).map { entry in
      let change = plan.socketOptions.first {
        $0.group == group.name && $0.option == entry.option
      }
      return AnnotatedOption(
        group: group.name, setting: .option(entry.option, value: entry.value), when: entry.when,
        isToday: entry.isToday,
        reasons: (change?.effects.map(\.text) ?? [])
          + [change?.middlebox?.boundText].compactMap(\.self)
      )
    }
  }
}
