import Advisor
import InputFiles
import Linux
import NetAddress
import Observations
import Probes
import Reports
import TCPModel

extension FuzzTarget {
  /// Sockets as the kernel tells them, judged and reported in every format.
  static let sockets = FuzzTarget("sockets", rate: 400) { (bytes) throws(FuzzFault) in
    let tables = messages(in: bytes).compactMap { InetDiagSocket($0) }
    let observed = tables.enumerated().map { number, table in
      ObservedSocket(
        table, owners: [SocketOwner(process: Int32(number % 3), descriptor: 3)],
        options: number % 2 == 0 ? .unknown(.notAsked) : .known(OptionReadings(options(table))))
    }
    let name = String(decoding: bytes.suffix(16), as: UTF8.self)
    let namespace = ObservedNamespace(
      id: name, name: name, settings: SampleHosts.stock.snapshot, sockets: observed,
      processes: [1: ObservedProcess(id: 1, name: name, container: nil)])
    guard let report = try? SocketReport(of: namespace, against: [SampleProfiles.server]) else {
      throw FuzzFault("the sample host is not modelled")
    }
    let context = SocketReportContext(
      host: SampleHosts.stock.snapshot, programs: [], showsAll: true,
      layout: TextLayout(isColoured: false))
    for reporter in SocketReporters.all {
      var text = ""
      reporter.write([report], context) { text += $0 }
      try FormatText.check(text, as: reporter.name)
    }
  }

  /// Such as a program may have set, made of numbers that the socket has.
  private static func options(_ table: InetDiagSocket) -> SocketOptions {
    var options = SocketOptions([.keepalive: Int(table.inode & 1)])
    let numbers = [table.user, table.link, table.inode, UInt32(truncatingIfNeeded: table.cookie)]
    for (option, number) in zip(
      [SocketOption.userTimeout, .keepIdle, .synCount, .linger2], numbers)
    where option.range.contains(Int(Int32(truncatingIfNeeded: number))) {
      options[option] = Int(Int32(truncatingIfNeeded: number))
    }
    return options
  }
}
