import Advisor
import TCPModel

/// What a plan comes to in the numbers of a program.
extension KnownProgram {
  /// Returns what it is told for a group whose connections are its own.
  func numbers(for group: ConnectionGroup, by plan: PortablePlan) -> KnobNumbers {
    var numbers: KnobNumbers = [:]
    let options = plan.options(of: group)
    let isChanged = options.contains { !$0.isToday }
    for entry in options where takes(entry.option) {
      // What holds for the time of connecting is the program's own affair.
      if entry.option == .userTimeout, entry.when == .beforeConnect, !group.hasSingleUserTimeout {
        continue
      }
      // What is told replaces the defaults of some programs as a whole.
      if !isChanged, sets[entry.option] == entry.value { continue }
      numbers[.option(entry.option)] = number(of: entry.option, entry.value)
    }
    for (timer, time) in times(for: group, by: plan) {
      guard let knob = knob(timer) else { continue }
      numbers[.timer(timer)] = knob.number(time)
    }
    if hasOneKnobForAnswers,
      let least = [numbers[.option(.userTimeout)], numbers[.timer(.readTimeout)]]
        .compactMap(\.self).min()
    {
      numbers[.option(.userTimeout)] = least
      numbers[.timer(.readTimeout)] = least
      if numbers[.timer(.heartbeat)] == nil, let beat = knob(.heartbeat) {
        numbers[.timer(.heartbeat)] = beat.number(.seconds(60))
      }
    }
    return numbers
  }

  /// The times that it is to keep: those of the plan, and those that the profile says it keeps.
  private func times(for group: ConnectionGroup, by plan: PortablePlan) -> [ProgramKnob.Timer:
    Duration]
  {
    var times: [ProgramKnob.Timer: Duration] = [:]
    for timer in ProgramKnob.Timer.allCases {
      let time = group.application[keyPath: timer.path]
      // What bounds a connect is said even where it is the default.
      let isConnect = timer == .connectTimeout || timer == .connectTotal
      let decides =
        isConnect && group.objectives.contains { $0.within != nil && $0.scenario == .connect }
      if decides || time != application[keyPath: timer.path] { times[timer] = time }
    }
    if let planned = plan.plan.deadlines.first(where: {
      $0.group == group.name && $0.scenario == .connect
    }) {
      times[.connectTimeout] = planned.time
      times[.connectTotal] = planned.time * planned.addresses
    }
    return times
  }

  // MARK: Pings of its own

  /// Whether it gives up after so many pings of its own, and not after a time.
  var countsPings: Bool { knob(.readTimeout)?.name.contains("×") == true }

  /// Whether the time it waits for an answer is the user timeout as well, as with gRPC; the ping is what
  /// switches it on.
  private var hasOneKnobForAnswers: Bool {
    knob(.userTimeout).map { $0.name == knob(.readTimeout)?.name } ?? false
  }

  /// Returns the numbers with pings, rarest first.
  func heartbeats(beside numbers: KnobNumbers) -> [KnobNumbers] {
    guard let beat = knob(.heartbeat), numbers[.timer(.heartbeat)] == nil else { return [] }
    let intervals = [3600, 1800, 900, 600, 300, 240, 180, 150, 120, 90, 60, 45, 30, 20, 15, 10, 5]
    return intervals.flatMap { interval in
      waits(beside: numbers, every: interval).map { wait in
        var beating = numbers
        beating[.timer(.heartbeat)] = beat.number(.seconds(interval))
        guard let wait else { return beating }
        beating[.timer(.readTimeout)] = wait
        if hasOneKnobForAnswers { beating[.option(.userTimeout)] = wait }
        return beating
      }
    }
  }

  /// The times that it may wait for the answer to a ping, shortest first; nil is what it does anyway.
  private func waits(beside numbers: KnobNumbers, every interval: Int) -> [Int?] {
    guard let knob = knob(.readTimeout), numbers[.timer(.readTimeout)] == nil else { return [nil] }
    // Three pings that go unanswered, where it counts them.
    if countsPings { return [knob.number(.seconds(3 * interval))] }
    return [nil] + [20, 30, 45, 60, 90, 120].map { knob.number(.seconds($0)) }
  }
}

extension KnownProgram {
  /// Whether it can be told of an option by itself.
  private func takes(_ option: SocketOption) -> Bool {
    (canSet?.contains(option) ?? true) && keepaliveLink?.sources[option] == nil
  }

  /// Returns the number of the knob for an option: a time in its unit, cut down.
  private func number(of option: SocketOption, _ value: Int) -> Int {
    guard let knob = knob(option) else { return value }
    guard let own = knob.unit.milliseconds, let kernel = option.unit.milliseconds else {
      return knob.number(value)
    }
    return knob.number(value * kernel / own)
  }

  /// Returns what the kernel gets of a number of the knob.
  func value(of option: SocketOption, _ number: Int) -> Int {
    guard let own = knob(option)?.unit.milliseconds, let kernel = option.unit.milliseconds else {
      return number
    }
    return number * own / kernel
  }
}
