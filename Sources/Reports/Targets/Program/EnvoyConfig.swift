import Advisor
import TCPModel

/// Envoy: fields of a cluster, and socket options of a listener.
struct EnvoyConfig: ProgramFile {
  let name = "envoy"
  let summary = "Fields of Envoy's listeners and clusters."
  let programs = ["envoy-listener", "envoy-upstream"]
  let provedWith: String? = "Envoy 1.40"

  func fileName(for plan: String) -> String { "\(plan).envoy.yaml" }

  func text(for settings: ProgramSettings) -> String {
    settings.group.direction == .inbound ? listener(settings) : cluster(settings)
  }

  private func listener(_ settings: ProgramSettings) -> String {
    let options = ([.keepalive] + SocketOption.keepaliveNumbers + [.userTimeout]).compactMap {
      (option: SocketOption) in settings[option].map { (option, $0) }
    }
    return CommentWrapper.fold(
      "Fields of the listener, and of each additional address; the numbers are those of x86 and arm."
    )
      + "\(settings.label)_listener:\n" + list(options, indent: "  ")
  }

  private func cluster(_ settings: ProgramSettings) -> String {
    var text = "# Fields of the cluster.\n\(settings.label)_cluster:\n"
    if let time = settings[.connectTimeout] {
      text += "  connect_timeout: \(time.secondsText)s\n"
    }
    if settings.keepsAlive {
      text += "  upstream_connection_options:\n    tcp_keepalive:"
      let numbers = settings.lines(.keepaliveNumbers) { "      \($0): \($1)" }
      text += numbers.isEmpty ? " {}\n" : "\n\(numbers)"
    }
    if let timeout = settings[.userTimeout] {
      text +=
        "  upstream_bind_config:\n"
        + list([(.userTimeout, timeout)], indent: "    ")
    }
    return text
  }

  private func list(_ options: [(SocketOption, Int)], indent: String) -> String {
    guard !options.isEmpty else { return "\(indent)socket_options: []\n" }
    return "\(indent)socket_options:\n"
      + options.map { option, value in
        "\(indent)  - { description: \(option.name), level: \(option.info.level.number),"
          + " name: \(option.info.number), int_value: \(value), state: STATE_PREBIND }\n"
      }.joined()
  }
}

extension SocketOption {
  /// The three numbers of keepalive.
  static let keepaliveNumbers: [SocketOption] = [.keepIdle, .keepInterval, .keepCount]
}
