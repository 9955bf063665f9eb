import NetAddress
import Probes
import TCPModel

extension FuzzTarget {
  /// A target on the command line, and a list of ports.
  static let probeTargets = FuzzTarget("probe-targets", longest: 512, rate: 3000) {
    (bytes) throws(FuzzFault) in
    let text = String(decoding: bytes, as: UTF8.self)
    do throws(ProbeTarget.Objection) {
      let target = try ProbeTarget(text)
      if target.addresses > 0 {
        _ = target.address(0, port: 1)
        _ = target.address(target.addresses - 1, port: .max)
      }
    } catch {
      if error.reason.isEmpty { throw FuzzFault("an objection without a reason") }
    }
    if let ports = try? ProbeTarget.ports(text), ports.count > 65_535 {
      throw FuzzFault("\(ports.count) ports")
    }
  }

  /// Files of targets.
  static let targetLists = FuzzTarget("target-lists", rate: 10000) { (bytes) throws(FuzzFault) in
    let file = TargetList.File(name: "input", bytes: bytes)
    do throws(TargetList.Mistake) {
      let list = try TargetList([], files: [file], ports: [80, 443]) {
        (text) throws(ProbeTarget.Objection) in
        guard let option = SocketOption(named: text.uppercased()) else {
          throw ProbeTarget.Objection(reason: "no option")
        }
        return (option, 1)
      }
      var cursor = TargetList.Cursor()
      while let entry = try list.next(at: &cursor) { _ = entry.target.family }
    } catch {
      if error.message.isEmpty { throw FuzzFault("a mistake without a message") }
    }
  }
}
