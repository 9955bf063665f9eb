import Advisor
import TCPModel

/// Kotlin with Netty's native transport, epoll.
struct NettySource: LanguageSource {
  let name = "netty"
  let summary = "Code for Kotlin and Netty's epoll transport."
  let provedWith: String? = "Kotlin 1.3 and Netty 4.1, compiled only"

  func fileName(for plan: String) -> String { "\(plan).netty.kt" }

  func text(for groups: [CodeGroup], head: String) -> String {
    // Kotlin before 1.4 takes no comma behind the last one.
    head + Self.code + groups.map(entry).joined(separator: ",\n") + "\n)\n"
  }

  private func entry(_ group: CodeGroup) -> String {
    let options = group.before + group.after
    let numbers = options.compactMap { option in
      Self.names[option.option].map { "            \($0) to \(option.value)" }
    }.joined(separator: ",\n")
    let isKept = options.contains { $0.option == .keepalive && $0.value != 0 }
    return """
      \(comments(group.notes, indent: "    "))\
          \(group.group.name.kotlinQuoted) to Connections(
              keepAlive = \(isKept),
              options = mapOf(\(numbers.isEmpty ? "" : "\n\(numbers)\n        ")),
              deadline = \(group.deadline ?? 0), heartbeat = \(group.heartbeat ?? 0)
          )
      """
  }

  private static let names: [SocketOption: String] = [
    .keepIdle: "EpollChannelOption.TCP_KEEPIDLE", .keepInterval: "EpollChannelOption.TCP_KEEPINTVL",
    .keepCount: "EpollChannelOption.TCP_KEEPCNT",
    .userTimeout: "EpollChannelOption.TCP_USER_TIMEOUT",
  ]

  private static let code = """
    import io.netty.bootstrap.Bootstrap
    import io.netty.bootstrap.ServerBootstrap
    import io.netty.channel.Channel
    import io.netty.channel.ChannelDuplexHandler
    import io.netty.channel.ChannelHandlerContext
    import io.netty.channel.ChannelOption
    import io.netty.channel.epoll.EpollChannelOption
    import io.netty.channel.epoll.EpollServerSocketChannel
    import io.netty.channel.epoll.EpollSocketChannel
    import io.netty.handler.timeout.IdleStateEvent
    import io.netty.handler.timeout.IdleStateHandler
    import java.util.concurrent.TimeUnit

    /**
     * What the channels of a group get; times are in milliseconds, and 0 is no limit. Netty connects without
     * blocking, and sets options before it does: the user timeout holds for the connect as well.
     */
    class Connections(
        val keepAlive: Boolean,
        val options: Map<ChannelOption<Int>, Int>,
        val deadline: Int,
        val heartbeat: Int
    ) {
        fun prepare(bootstrap: Bootstrap): Bootstrap {
            bootstrap.channel(EpollSocketChannel::class.java)
            bootstrap.option(ChannelOption.SO_KEEPALIVE, keepAlive)
            options.forEach { (option, value) -> bootstrap.option(option, value) }
            if (deadline > 0) bootstrap.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, deadline)
            return bootstrap
        }

        fun prepare(bootstrap: ServerBootstrap): ServerBootstrap {
            bootstrap.channel(EpollServerSocketChannel::class.java)
            bootstrap.childOption(ChannelOption.SO_KEEPALIVE, keepAlive)
            options.forEach { (option, value) -> bootstrap.childOption(option, value) }
            return bootstrap
        }

        /** After each silence [beat] is to send something small. */
        fun addHeartbeat(channel: Channel, beat: (ChannelHandlerContext) -> Unit) {
            if (heartbeat == 0) return
            val silence = IdleStateHandler(0, 0, heartbeat.toLong(), TimeUnit.MILLISECONDS)
            channel.pipeline().addFirst(silence, object : ChannelDuplexHandler() {
                override fun userEventTriggered(context: ChannelHandlerContext, event: Any) {
                    if (event is IdleStateEvent) beat(context)
                    else context.fireUserEventTriggered(event)
                }
            })
        }
    }

    /** The groups by their names. */
    val connections: Map<String, Connections> = mapOf(

    """
}

extension String {
  /// Between double quotation marks, as Kotlin reads it, which puts values in after `$`.
  fileprivate var kotlinQuoted: String { codeQuoted.replacingScalars(["$": "\\$"]) }
}
