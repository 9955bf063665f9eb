import ArgumentParser
import Linux
import Probes
import TCPModel

/// How `probe` connects.
struct ProbeOptions: ParsableArguments {
  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "A socket option to set before connecting, such as TCP_USER_TIMEOUT=3000.",
      valueName: "option=value"))
  var option: [String] = []

  @Option(help: ArgumentHelp("The address to connect from.", valueName: "address"))
  var bind: String?

  @Option(help: ArgumentHelp("When to stop waiting; 5s.", valueName: "time"))
  var deadline: String?

  @Option(help: ArgumentHelp("Attempts under way at once; 256.", valueName: "n"))
  var concurrency = 256

  @Option(help: ArgumentHelp("Attempts begun in a second; 1000. 0 is no limit.", valueName: "n"))
  var rate = 1000

  @Option(
    help: ArgumentHelp(
      "How often to try again what failed on this host, such as no port left; 2.", valueName: "n"))
  var retries = 2

  @Option(
    name: .customLong("repeat"), help: ArgumentHelp("Rounds for each address; 1.", valueName: "n"))
  var rounds = 1

  @Option(help: ArgumentHelp("From one round's end to the next; 0s.", valueName: "time"))
  var interval: String?

  @Flag(help: "The first address of a name to answer is enough (RFC 8305).")
  var first = false

  @Flag(help: "Close with a RST instead of a FIN: no TIME-WAIT keeps the port.")
  var reset = false

  @Flag(name: .customShort("4"), help: "Of names only IPv4 addresses.")
  var isV4 = false

  @Flag(name: .customShort("6"), help: "Of names only IPv6 addresses.")
  var isV6 = false

  func plan() throws -> ProbeRun.Plan {
    guard !first || rounds == 1 else { throw Failure("--first and --repeat exclude each other") }
    var plan = ProbeRun.Plan()
    plan.family = isV4 == isV6 ? try sourceAddress()?.family : isV4 ? .v4 : .v6
    plan.isRace = first
    plan.rounds = try Self.number(rounds, "--repeat", 1...100_000)
    plan.pause = try interval.map { try CaseOptions.time($0, "--interval") } ?? .zero
    return plan
  }

  /// All but the socket options, which depend on the kernel.
  func settings() throws -> ConnectSettings {
    var settings = ConnectSettings()
    settings.source = try sourceAddress()
    if let deadline { settings.deadline = try CaseOptions.time(deadline, "--deadline") }
    settings.concurrency = try Self.number(concurrency, "--concurrency", 1...100_000)
    let rate = try Self.number(rate, "--rate", 0...10_000_000)
    settings.rate = rate == 0 ? nil : rate
    settings.retries = try Self.number(retries, "--retries", 0...100)
    settings.resets = reset
    return settings
  }

  func socketOptions(under kernel: KernelVersion?) throws -> SocketOptions {
    var options = CaseOptions()
    options.option = option
    return try options.socketOptions(under: kernel)
  }

  private func sourceAddress() throws -> SocketAddress? {
    guard let bind else { return nil }
    do throws(ProbeTarget.Objection) {
      let target = try ProbeTarget(bind)
      if case .address(let address, let scope) = target.host {
        return SocketAddress(address, port: target.port ?? 0, scope: scope)
      }
    } catch {
      throw Failure("--bind \(bind): \(error.reason)")
    }
    throw Failure("--bind \(bind): an address is needed")
  }

  private static func number(_ number: Int, _ option: String, _ range: ClosedRange<Int>) throws
    -> Int
  {
    guard range.contains(number) else {
      throw Failure("\(option) \(number): \(range.lowerBound) to \(range.upperBound) are allowed")
    }
    return number
  }
}
