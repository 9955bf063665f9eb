import Advisor
import TCPModel

/// gRPC: arguments of channels and servers, as its C core, Python, Ruby and PHP take them.
struct GRPCArguments: ProgramFile {
  let name = "grpc"
  let summary = "Arguments for gRPC's channels and servers, in Python."
  let programs = ["grpc-client", "grpc-server"]
  let provedWith: String? = "grpcio 1.85"

  func fileName(for plan: String) -> String { "\(plan.plainName)_grpc.py" }

  func text(for settings: ProgramSettings) -> String {
    var rows: [(String, Int)] = []
    if let interval = settings[.heartbeat] {
      rows.append(("grpc.keepalive_time_ms", interval))
      if settings.group.direction == .outbound {
        rows.append(("grpc.keepalive_permit_without_calls", 1))
      }
    }
    // It is the user timeout as well, which the ping switches on.
    if let timeout = settings[.userTimeout] ?? settings[.readTimeout] {
      rows.append(("grpc.keepalive_timeout_ms", timeout))
    }
    // A call waits for a connection as long as its own deadline lets it.
    let note =
      settings.group.direction == .outbound
      ? "The server must allow pings as often: grpc.http2.min_ping_interval_without_data_ms."
      : "Clients that ping more often than grpc.http2.min_ping_interval_without_data_ms are refused."
    return CommentWrapper.fold(note) + "\(settings.label.variableName.uppercased()) = [\n"
      + rows.map { "    (\"\($0)\", \($1)),\n" }.joined() + "]\n"
  }
}
