package import Advisor
import Observations
import TCPModel

extension Finding.Status {
  package var mark: StatusMark {
    switch self {
    case .met: StatusMark("met", .good)
    case .missed: StatusMark("MISSED", .bad)
    case .unknown: StatusMark("unknown", .doubtful)
    }
  }
}

extension Comparison.Status {
  var mark: StatusMark {
    switch self {
    case .confirmed: StatusMark("confirmed", .good)
    case .confirmedSoFar: StatusMark("so far", .good)
    case .outside: StatusMark("OUTSIDE", .bad)
    case .notRun: StatusMark("not run", .neutral)
    }
  }
}

extension FactComparison.Status {
  var mark: StatusMark {
    switch self {
    case .same: StatusMark("same", .good)
    case .different: StatusMark("DIFFERENT", .bad)
    case .unknown: StatusMark("unknown", .doubtful)
    case .notRun: StatusMark("not run", .neutral)
    }
  }
}

extension ConnectOutcome.Kind {
  func mark(isExpected: Bool) -> StatusMark {
    if isExpected { return StatusMark(text, .good) }
    return switch self {
    case .open, .refused, .unreachable, .timedOut: StatusMark(text, .bad)
    case .undecided, .localError, .unresolved: StatusMark(text, .doubtful)
    }
  }
}
