import Foundation
import TemporaryFolders
import Testing

/// Real programs in namespaces of their own, and what the tool says of their connections.
///
/// The shell that starts them is the first process there: when it ends, the kernel ends all others.
struct ProgramScene {
  let sockets: [JSON]
  /// What the text says of programs, without its line breaks.
  let advice: String

  private static let wrapper =
    ["/usr/bin/timeout", "-s", "KILL", "120"] + Machine.newNetwork
    + ["--pid", "--fork", "--kill-child", "--mount-proc"]
  private static let hasShell =
    Machine.program("bash") != nil
    && (Machine.program("ip") != nil || Machine.program("ifconfig") != nil)
  static let canRun = hasShell && (try? Run(wrapper + ["/bin/true"]))?.code == 0

  /// What a scene may use: `await` polls a condition; `hold` opens a connection to a port of
  /// 127.0.0.1, says something, and keeps the connection once it has been answered.
  private static let words = """
    set -eu
    PATH=$PATH:/usr/sbin:/sbin
    nobody='setpriv --reuid=65534 --regid=65534 --clear-groups'
    ip link set lo up 2>/dev/null || ifconfig lo up
    await() {
      tries=0
      until eval "$1"; do
        tries=$((tries + 1))
        [ "$tries" -lt 600 ] || { echo "in vain: $1" >&2; cat -- *.log >&2 || true; exit 99; }
        sleep 0.05
      done
    }
    hold() {
      bash -c '
        until { exec 3<>"/dev/tcp/127.0.0.1/$1"; } 2>/dev/null; do sleep 0.05; done
        printf "$2" >&3
        read -r line <&3
        : >"held.$1"
        while read -r line; do :; done <&3' hold "$@" &
      await "[ -e held.$1 ]"
    }
    """

  /// - Parameters:
  ///   - script: starts programs in a folder of its own, and ends when all connections are held.
  ///   - files: what is in the folder.
  init(_ script: String, _ files: [String: String] = [:]) throws {
    let folder = try TemporaryFolder(files)
    let look = "'\(Machine.sharedExecutable)' sockets"
    // What the programs print is a complaint.
    let scene = """
      \(Self.words)
      {
      \(script)
      } >&2
      \(look) --json
      echo ====
      \(look)
      """
    let run = try Run(Self.wrapper + ["/bin/sh", "-c", scene], in: folder.path)
    let parts = run.output.components(separatedBy: "====\n")
    try #require(run.code == 0 && parts.count == 2, "\(run.code): \(run.complaint)")
    sockets = try JSON(parsing: parts[0])["sockets"].array
    let text = parts[1].components(separatedBy: "What to set").dropFirst().joined()
    advice = text.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
  }

  /// What the sockets of a program have set at one end of connections, each as one line, sorted.
  func options(of processes: [String], _ end: ProgramEnd) -> [String] {
    sockets.filter { socket in
      socket["process"].string.map(processes.contains) == true && end.isThat(of: socket)
    }
    .map { socket in
      let options = socket["set_by_program"]
      return options.names.sorted()
        .map { "\($0)=\(options[$0].number.map { "\(Int($0))" } ?? "?")" }
        .joined(separator: " ")
    }
    .sorted()
  }
}

/// A listener, or the end of connections that a program has at or to a port.
enum ProgramEnd: Hashable {
  case listener(Int)
  case inbound(Int)
  case outbound(Int)

  fileprivate func isThat(of socket: JSON) -> Bool {
    func isPort(_ port: Int, _ name: String) -> Bool {
      socket[name].string?.hasSuffix(":\(port)") == true
    }
    let state = socket["state"].string
    return switch self {
    case .listener(let port): state == "listen" && isPort(port, "local")
    case .inbound(let port): state == "established" && isPort(port, "local")
    case .outbound(let port): state == "established" && isPort(port, "remote")
    }
  }
}
