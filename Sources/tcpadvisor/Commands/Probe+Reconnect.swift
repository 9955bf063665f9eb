import ArgumentParser
import Emitters
import Linux
import Probes
import TCPModel

extension Probe {
  /// Connects to one address with the same socket and with new ones.
  func playReconnects(_ rounds: Int) throws {
    guard targets.count == 1, files.isEmpty, how.rounds == 1, !how.first, profile.isEmpty,
      output.json || format == .text || format == .json
    else {
      throw Failure(
        "--reconnect takes one target, and neither --file, --repeat, --first, --profile nor --format"
      )
    }
    guard 1...10_000 ~= rounds else {
      throw Failure("--reconnect \(rounds): 1 to 10000 are allowed")
    }
    let host = try source.snapshot(of: Scenario.connect.sysctls)
    var settings = try how.settings()
    settings.options = try how.socketOptions(under: host.kernel)
    let address = try soleAddress(how.plan().family, under: host.kernel)
    let trial = try Reconnector(settings, to: address).play(rounds)
    if output.json || format == .json {
      Console.print(JSON.answer("probe", about: host, ["reconnect": trial.json]).text)
    } else {
      Console.print(trial.text(output.style))
    }
    if trial.renewed.open + trial.reused.open < 2 * rounds { throw ExitCode(1) }
  }

  /// The first address of the target.
  private func soleAddress(_ family: SocketAddress.Family?, under kernel: KernelVersion?) throws
    -> SocketAddress
  {
    let list = try targetList(under: kernel)
    var cursor = TargetList.Cursor()
    guard list.count == 1, let entry = try? list.next(at: &cursor),
      let port = entry.target.port ?? list.ports.first
    else { throw Failure("--reconnect takes one address") }
    switch entry.target.host {
    case .address(let address, let scope): return SocketAddress(address, port: port, scope: scope)
    case .block(let block): return SocketAddress(block.address(at: 0), port: port)
    case .name(let name):
      do throws(NameError) {
        let found = try HostNames.addresses(of: name, family)
        // A name that resolves has one.
        guard var first = found.first else { break }
        first.port = port
        return first
      } catch {
        throw Failure("\(name): \(error.description)")
      }
    }
    throw Failure("--reconnect takes one address")
  }
}

extension ReconnectTrial {
  fileprivate var json: JSON {
    [
      "address": .string(address), "new_socket": renewed.json, "same_socket": reused.json,
      "median_wait_seconds": .seconds(TimeStatistics(waits)?.median),
      "options_kept": .integer(kept),
      "options_changed": .array(
        changed.map {
          [
            "option": .string($0.option.name), "before": .integer($0.before),
            "after": .integer($0.after),
          ]
        }),
    ]
  }
}

extension ReconnectTrial.Way {
  fileprivate var json: JSON {
    [
      "connects": .integer(outcomes.count), "open": .integer(open),
      "median_seconds": .seconds(median), "local_ports": .integer(ports.count),
    ]
  }
}
