import ArgumentParser
import Linux
import NetAddress
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

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Connect from an address, with or without a port, or from an interface such as eth0.",
      valueName: "address|interface"))
  var bind: String?

  // Unconditional: a number below zero is refused with the range instead of being taken for an option.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Stop waiting for an attempt after this time; names always have 35s. (default: 5s)",
      valueName: "time"
    ))
  var deadline: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Attempts in flight at once. (default: 256)", valueName: "n"))
  var concurrency: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Attempts started per second; 0 is no limit.", valueName: "n"))
  var rate = 1000

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Retries of what failed on this host, such as no free port. (default: 2)",
      valueName: "n"))
  var retries: Int?

  @Option(
    name: .customLong("repeat"), parsing: .unconditional,
    help: ArgumentHelp("Rounds for each address.", valueName: "n"))
  var rounds = 1

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "With --repeat, the time between rounds. (default: 0s)", valueName: "time"))
  var interval: String?

  @Flag(help: "Race the addresses of a name; the first to answer wins (RFC 8305).")
  var first = false

  @Flag(help: "Close with a RST instead of a FIN, without TIME-WAIT.")
  var reset = false

  @Flag(name: .customShort("4"), help: "Use only IPv4 addresses of names.")
  var isV4 = false

  @Flag(name: .customShort("6"), help: "Use only IPv6 addresses of names.")
  var isV6 = false

  /// - Parameter source: the family of the address to connect from; nil where there is none.
  func plan(from source: AddressFamily?) throws -> ProbeSession.Plan {
    guard !first || rounds == 1 else { throw UsageError("--first and --repeat exclude each other") }
    guard interval == nil || rounds > 1 else {
      throw UsageError("--interval applies to --repeat only")
    }
    var plan = ProbeSession.Plan()
    plan.family = try family(from: source)
    plan.isRace = first
    plan.rounds = try Self.number(rounds, "--repeat", 1...100_000)
    plan.pause = try interval.map { try CaseOptions.time($0, "--interval") } ?? .zero
    return plan
  }

  /// Of the addresses of names; nil is both.
  private func family(from source: AddressFamily?) throws -> AddressFamily? {
    let wanted: AddressFamily? = isV4 == isV6 ? nil : isV4 ? .v4 : .v6
    guard let source else { return wanted }
    guard wanted == nil || wanted == source else {
      throw UsageError("--bind \(bind ?? "") excludes -\(isV4 ? 4 : 6)")
    }
    return source
  }

  /// All but the socket options, which depend on the kernel; in the namespace that is probed.
  func settings() throws -> ConnectSettings {
    var settings = ConnectSettings()
    switch try source() {
    case .address(let address): settings.source = address
    case .device(let name): settings.device = name
    case nil: break
    }
    if let deadline { settings.deadline = try CaseOptions.time(deadline, "--deadline") }
    settings.concurrency = try Self.number(
      concurrency ?? settings.concurrency, "--concurrency", 1...100_000)
    let rate = try Self.number(rate, "--rate", 0...10_000_000)
    settings.rate = rate == 0 ? nil : rate
    settings.retries = try Self.number(retries ?? settings.retries, "--retries", 0...100)
    settings.resets = reset
    return settings
  }

  func socketOptions(under kernel: KernelVersion?) throws -> SocketOptions {
    var options = CaseOptions()
    options.option = option
    return try options.socketOptions(under: kernel)
  }

  private enum Source {
    case address(Endpoint)
    case device(String)
  }

  private func source() throws -> Source? {
    guard let bind else { return nil }
    let interfaces = HostNames.interfaces
    if interfaces.contains(bind) { return .device(bind) }
    do throws(ProbeTarget.Objection) {
      let target = try ProbeTarget(bind)
      if case .address(let address, let scope) = target.host {
        return .address(Endpoint(address, port: target.port ?? 0, scope: scope))
      }
    } catch {
      throw UsageError("--bind \(bind): \(error.reason)")
    }
    let near = NearestName.question(bind, among: interfaces) ?? ""
    throw UsageError("--bind \(bind): an address or an interface of this host is needed\(near)")
  }

  private static func number(_ number: Int, _ option: String, _ range: ClosedRange<Int>) throws
    -> Int
  {
    guard range.contains(number) else {
      throw UsageError(
        "\(option) \(number): \(range.lowerBound) to \(range.upperBound) are allowed")
    }
    return number
  }
}
