package import NetAddress
package import Observations
package import TCPModel

/// A live socket, with what would become of it; a class, because there may be a hundred thousand.
package final class JudgedSocket: Sendable {
  /// Which end opened the connection, and what for.
  package enum Role: Hashable, Sendable {
    case listener(port: UInt16)
    /// To a port that a program of this namespace listens on.
    case inbound(port: UInt16)
    case outbound(to: Endpoint)
  }

  package let socket: ObservedSocket
  /// The name of the process that has it; nil if that is not known.
  package let program: String?
  package let role: Role
  /// What the program has set; nil if that is not known.
  package let options: SocketOptions?
  /// For the scenarios that can happen to it, in the order of `Scenario.allCases`.
  package let forecasts: [SocketForecast]
  /// Equal for sockets of which the same is forecast.
  let forecastNumber: Int
  /// What it is in the middle of; nil if all is well.
  package let ongoing: OngoingScenario?

  init(
    _ socket: ObservedSocket, of program: String?, as role: Role, options: SocketOptions?,
    forecasts: [SocketForecast], forecastNumber: Int, ongoing: OngoingScenario?
  ) {
    (self.socket, self.program, self.role, self.options) = (socket, program, role, options)
    (self.forecasts, self.forecastNumber) = (forecasts, forecastNumber)
    self.ongoing = ongoing
  }

  package func forecast(_ scenario: Scenario) -> SocketForecast? {
    forecasts.first { $0.scenario == scenario }
  }
}
