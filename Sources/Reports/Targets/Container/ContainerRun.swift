import Advisor
import TCPModel

/// A shell script that runs a container; the words that follow it are those of the engine's `run`.
struct ContainerRun: PlatformFile {
  let engine: String
  let platform: Platform
  let summary: String
  let provedWith: String?

  static let docker = ContainerRun(
    engine: "docker", platform: .docker, summary: "A script that calls docker run with --sysctl.",
    provedWith: "shellcheck, and runc for the keys")
  static let podman = ContainerRun(
    engine: "podman", platform: .podman, summary: "A script that calls podman run with --sysctl.",
    provedWith: "shellcheck, and runc for the keys")

  var name: String { "\(engine)-run" }
  var advice: String {
    "Run it with the rest of the command line: options, image, command. With --network host"
      + " \(engine) refuses it: the settings are the host's then."
  }

  func fileName(for plan: String) -> String { "\(plan).\(engine).sh" }

  func text(for share: PlatformShare, head: String) -> String {
    let options = share.entries.map { entry in
      "\n" + entry.sysctl.comments()
        + "set -- --sysctl \("\(entry.key)=\(entry.text)".shellQuoted) \"$@\"\n"
    }
    return "#!/bin/sh\n\(head)\nset -eu\n\(options.joined())\nexec \(engine) run \"$@\"\n"
  }
}
