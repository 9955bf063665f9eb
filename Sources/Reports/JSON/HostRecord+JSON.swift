package import Advisor
import NetAddress
import Observations
package import SysctlFiles
package import TCPModel

/// What `snapshot` writes of one host.
package struct HostRecord: Sendable {
  /// A network namespace beside the one that was read.
  package struct Namespace: Sendable {
    /// As `ip netns` has it; nil if it has no name there.
    package let name: String?
    /// Its settings, or the errno that kept from them.
    package let settings: Result<SettingsSnapshot, Refusal>

    package init(_ name: String?, _ settings: Result<SettingsSnapshot, Refusal>) {
      (self.name, self.settings) = (name, settings)
    }
  }

  package struct Refusal: Error {
    package let errno: String

    package init(_ errno: String) { self.errno = errno }
  }

  package let snapshot: SettingsSnapshot
  package let hostname: String?
  /// Nil where no files are known.
  package let boot: BootSequence?
  package let namespaces: [Namespace]
  /// Nil where they were not asked for.
  package let sockets: [SocketReport]?
  /// Whether addresses are told.
  package let tellsAddresses: Bool

  package init(
    _ snapshot: SettingsSnapshot, hostname: String?, boot: BootSequence?,
    namespaces: [Namespace], sockets: [SocketReport]?, tellingAddresses: Bool
  ) {
    (self.snapshot, self.hostname, self.boot) = (snapshot, hostname, boot)
    (self.namespaces, self.sockets, tellsAddresses) = (namespaces, sockets, tellingAddresses)
  }

  package var json: JSON {
    var unreadable: [String: JSON] = [:]
    for (key, reading) in snapshot.readings {
      if case .denied(let errno) = reading { unreadable[key.rawValue] = .string(errno) }
    }
    return JSON.answer(
      "snapshot", about: snapshot,
      [
        "hostname": .text(hostname),
        // What is assumed was not captured; who reads the snapshot assumes it again.
        "sysctls": .object(snapshot.printed { !snapshot.assumed.contains($0) }),
        "unreadable": .object(unreadable),
        "boot": boot.flatMap(bootJSON) ?? .null,
        "files": boot.map { .array($0.settings.configuration.allFiles.map(\.json)) } ?? .null,
        "namespaces": .array(namespaces.map(json)),
        "sockets": sockets.map { reports in
          .array(reports.flatMap { report in report.groups.map { json($0, in: report) } })
        } ?? .null,
      ])
  }

  /// What the next boot gives: keys that something sets then, and those that lose what they have; nil
  /// where nothing may boot with the files, as in a container.
  private func bootJSON(_ sequence: BootSequence) -> JSON? {
    guard !sequence.settings.loader.isAssumed else { return nil }
    let booted = snapshot.booted(with: sequence)
    var rows: [String: JSON] = [:]
    for (key, reading) in booted.readings {
      let write = sequence.writes(to: key).last
      guard write != nil || reading != snapshot[key], let value = reading.printed else { continue }
      rows[key.rawValue] = [
        "value": .string(value), "file": .text(write?.file),
        "line": write?.line.map { .integer($0) } ?? .null,
      ]
    }
    return .object(rows)
  }

  /// What another namespace has otherwise.
  private func json(_ namespace: Namespace) -> JSON {
    switch namespace.settings {
    case .failure(let refusal):
      return [
        "name": .text(namespace.name), "netns": .null, "sysctls": .null,
        "unreadable_because": .string(refusal.errno),
      ]
    case .success(let settings):
      return [
        "name": .text(namespace.name), "netns": .text(settings.namespace),
        "sysctls": .object(settings.printed { settings[$0] != snapshot[$0] }),
        "unreadable_because": .null,
      ]
    }
  }

  private func json(_ group: SocketGroup, in report: SocketReport) -> JSON {
    let (kind, port, address): (String, Int, String?) =
      switch group.peer {
      case .clients(let port): ("clients", Int(port), nil)
      case .server(let server): ("server", Int(server.port), server.address.description)
      case .servers(let port, _): ("server", Int(port), nil)
      }
    let (options, keepsAlive): (JSON?, Bool?) =
      switch group.basis {
      case .options(let options): (options.json, options[.keepalive] ?? 0 != 0)
      case .unknown(_, let keepsAlive): (nil, keepsAlive)
      }
    return [
      "netns": .text(report.namespace.id),
      "process": .text(group.program), "peer": .string(kind), "port": .integer(port),
      "address": .text(tellsAddresses ? address : nil), "sockets": .integer(group.sockets.count),
      "both_ends_here": .bool(group.isLocal), "set_by_program": options ?? .null,
      "keepalive": keepsAlive.map(JSON.bool) ?? .null,
      "may_hang_forever": .bool(group.mayHangForever),
    ]
  }
}

extension SettingsSnapshot {
  fileprivate func printed(where isWanted: (SysctlKey) -> Bool) -> [String: JSON] {
    var values: [String: JSON] = [:]
    for (key, reading) in readings where isWanted(key) && !key.rawValue.isSecret {
      if let printed = reading.printed { values[key.rawValue] = .string(printed) }
    }
    return values
  }
}

extension SysctlConfiguration {
  /// All that loaders read, in the order of paths.
  fileprivate var allFiles: [ConfigurationFile] {
    (SysctlDirectory.allCases.flatMap { files[$0] ?? [] } + [mainFile].compactMap(\.self))
      .sorted { $0.path < $1.path }
  }
}

extension ConfigurationFile {
  /// What it sets, without remarks, in which anything may stand.
  fileprivate var json: JSON {
    let statements = text?.lines.compactMap { line -> JSON? in
      guard case .statement(let statement) = line.content else { return nil }
      return [
        "line": .integer(line.number), "name": .string(statement.name.text),
        "value": .text(statement.name.text.isSecret ? nil : statement.value?.text),
        "ignores_failure": .bool(statement.ignoresFailure),
      ]
    }
    let refusal: String? = if case .unreadable(let errno) = content { errno } else { nil }
    return [
      "path": .string(path), "target": .text(target),
      "statements": statements.map(JSON.array) ?? .null, "unreadable_because": .text(refusal),
    ]
  }
}

extension String {
  /// Whether it names a sysctl that holds a key: the cookies of TCP Fast Open, and what IPv6 addresses
  /// are made of.
  fileprivate var isSecret: Bool { hasSuffix("fastopen_key") || hasSuffix("stable_secret") }
}
