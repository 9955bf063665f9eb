import Advisor
import TCPModel

/// The Redis and Valkey servers: redis.conf.
struct RedisConfig: ProgramFile {
  let name = "redis"
  let summary = "A setting for redis.conf and valkey.conf."
  let programs = ["redis-server"]
  let provedWith: String? = "Redis 7.0"
  let isOneForAll = true

  func fileName(for plan: String) -> String { "\(plan).redis.conf" }

  func text(for settings: ProgramSettings) -> String {
    guard let idle = settings[.keepIdle] else { return "# nothing to set\n" }
    return CommentWrapper.fold(
      "The interval is \(max(1, idle / 3)) s, a third of it, and the count 3, whatever the host has."
    )
      + "tcp-keepalive \(idle)\n"
  }
}
