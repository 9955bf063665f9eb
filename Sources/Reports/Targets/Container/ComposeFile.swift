import Advisor
import TCPModel

/// A second file for docker compose, which adds to a service of the first.
struct ComposeFile: PlatformFile {
  let name = "compose"
  let summary = "A file for docker compose, to put beside the first."
  let platform = Platform.compose
  let advice =
    "Name the service it is for in place of app, and give it after the first file: docker compose"
    + " -f compose.yaml -f FILE up. With network_mode: host the engine refuses it."
  let provedWith: String? = "docker-compose config, check-jsonschema"

  func fileName(for plan: String) -> String { "\(plan).compose.yaml" }

  func text(for share: PlatformShare, head: String) -> String {
    let values = share.lines(indent: 6) { "\($0.key.jsonQuoted): \($0.text.composeQuoted)" }
    return "\(head)services:\n  app:\n    sysctls:" + (values.isEmpty ? " {}\n" : "\n\(values)")
  }
}
