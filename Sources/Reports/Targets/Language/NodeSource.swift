import Advisor
import TCPModel

/// Node.js, by its net module: before 26.4 it takes the time before the first probe alone.
struct NodeSource: LanguageSource {
  let name = "node"
  let summary = "A module for Node.js: keepalive, connect with a deadline, heartbeat."
  let program: String? = "node"
  let omission: String? = "all options but SO_KEEPALIVE and TCP_KEEPIDLE, before Node.js 26.4"
  let provedWith: String? = "node"

  func fileName(for plan: String) -> String { "\(plan).mjs" }

  func text(for groups: [CodeGroup], head: String) -> String {
    head + Self.code + groups.map(entry).joined() + "}\n"
  }

  /// Without a time the interval and the count would be the host's as well, not Node's 1 s and 10.
  private func entry(_ group: CodeGroup) -> String {
    let values = Dictionary(group.before.map { ($0.option, $0.value) }) { $1 }
    return """
      \(comments(group.notes, indent: "  "))  \(group.group.name.codeQuoted): {
          keepAlive: \(values[.keepalive].map { $0 != 0 ? "true" : "false" } ?? "null"),
          keepIdle: \((values[.keepIdle] ?? group.idleOfHost) * 1000),
          deadline: \(group.deadline ?? 0),
          heartbeat: \(group.heartbeat ?? 0),
        },

      """
  }

  private static let code = """
    import net from 'node:net'

    /**
     * Connects to one address, such as { host: '192.0.2.1', port: 5432 }. The runtime does not block, and an
     * error is what SO_ERROR says. After each silence beat(socket) is to write something small.
     */
    export function connect(group, address, beat) {
      return new Promise((resolve, reject) => {
        const socket = net.connect(address)
        const timer = group.deadline && setTimeout(() => {
          const late = new Error(`no answer within ${group.deadline} ms`)
          socket.destroy(Object.assign(late, { code: 'ETIMEDOUT', syscall: 'connect' }))
        }, group.deadline)
        socket.once('error', reject)
        socket.once('close', () => clearTimeout(timer))
        socket.once('connect', () => {
          clearTimeout(timer)
          socket.off('error', reject)
          prepare(group, socket, beat)
          resolve(socket)
        })
      })
    }

    /** The same for a socket that a server has accepted. */
    export function prepare(group, socket, beat) {
      if (group.keepAlive !== null) socket.setKeepAlive(group.keepAlive, group.keepIdle)
      if (!group.heartbeat || !beat) return
      socket.setTimeout(group.heartbeat)
      socket.on('timeout', () => beat(socket))
    }

    /** The groups by their names; times are in milliseconds, and 0 is no limit. */
    export const connections = {

    """
}
