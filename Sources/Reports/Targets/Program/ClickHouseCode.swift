import Advisor
import TCPModel

/// clickhouse-driver for Python: arguments of its client.
struct ClickHouseCode: ProgramFile {
  let name = "clickhouse"
  let summary = "Arguments for clickhouse-driver, in Python."
  let programs = ["clickhouse-driver"]
  let provedWith: String? = "clickhouse-driver 0.2"

  func fileName(for plan: String) -> String { "\(plan.plainName)_clickhouse.py" }

  func text(for settings: ProgramSettings) -> String {
    var text = "\(settings.label.variableName.uppercased()) = {\n"
    if let idle = settings[.keepIdle], let interval = settings[.keepInterval],
      let count = settings[.keepCount]
    {
      text += "    \"tcp_keepalive\": (\(idle), \(interval), \(count)),\n"
    } else if settings.keepsAlive {
      text += "    \"tcp_keepalive\": True,\n"
    }
    text += settings.lines(.waits) { "    \"\($0)\": \($1)," }
    return text + "}\n"
  }
}
