import Advisor
import TCPModel

/// Swift with SwiftNIO, on Linux.
struct SwiftNIOSource: LanguageSource {
  let name = "swift-nio"
  let summary = "Code for SwiftNIO's bootstraps, with a heartbeat."

  func fileName(for plan: String) -> String { "\(plan).nio.swift" }

  func text(for groups: [CodeGroup], head: String) -> String {
    head + Self.code + swiftElements(groups.map(entry)) + "  ]\n}\n"
  }

  private func entry(_ group: CodeGroup) -> String {
    """
    \(comments(group.notes, indent: "    "))    \(group.group.name.codeQuoted): ChannelSettings(
    \(swiftArgument("options", group.before + group.after, row))\
          deadline: \(group.deadline.map { ".milliseconds(\($0))" } ?? "nil"),
          heartbeat: \(group.heartbeat.map { ".milliseconds(\($0))" } ?? "nil"))
    """
  }

  private func row(_ option: CodeGroup.Option) -> String {
    let info = option.option.info
    let level = info.level == .socket ? ".socket" : ".tcp"
    return "(\(level), CInt(\(info.number)), \(option.value))"
  }

  private static let code = """
    import NIOCore
    import NIOPosix

    /// What the channels of a group get; nil is no limit. SwiftNIO connects without blocking, and sets options
    /// before it does: the user timeout holds for the connect as well.
    public struct ChannelSettings: Sendable {
      public let options: [(level: NIOBSDSocket.OptionLevel, name: CInt, value: CInt)]
      public let deadline, heartbeat: TimeAmount?

      public func prepare(_ bootstrap: ClientBootstrap) -> ClientBootstrap {
        let bounded = deadline.map { bootstrap.connectTimeout($0) } ?? bootstrap
        return options.reduce(bounded) { $0.channelOption(Self.option($1), value: $1.value) }
      }

      /// What it accepts inherits the options.
      public func prepare(_ bootstrap: ServerBootstrap) -> ServerBootstrap {
        options.reduce(bootstrap) { $0.serverChannelOption(Self.option($1), value: $1.value) }
      }

      /// After each silence `beat` is to send something small.
      public func addHeartbeat(to channel: any Channel, beat: @escaping @Sendable (any Channel) -> Void)
        -> EventLoopFuture<Void>
      {
        guard let heartbeat else { return channel.eventLoop.makeSucceededVoidFuture() }
        return channel.pipeline.addHandlers([
          IdleStateHandler(allTimeout: heartbeat), Heart(beat: beat),
        ])
      }

      private static func option(
        _ option: (level: NIOBSDSocket.OptionLevel, name: CInt, value: CInt)
      ) -> ChannelOptions.Types.SocketOption {
        ChannelOptions.Types.SocketOption(level: option.level, name: .init(rawValue: option.name))
      }

      private final class Heart: ChannelInboundHandler, Sendable {
        typealias InboundIn = Any
        private let beat: @Sendable (any Channel) -> Void

        init(beat: @escaping @Sendable (any Channel) -> Void) { self.beat = beat }

        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
          if event is IdleStateHandler.IdleStateEvent {
            beat(context.channel)
          } else {
            context.fireUserInboundEventTriggered(event)
          }
        }
      }

      /// The groups by their names.
      public static let groups: [String: ChannelSettings] = [

    """
}
