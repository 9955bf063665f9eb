import Linux
import Observations

extension FuzzTarget {
  /// Texts of `/proc` and `/etc` that others on the host write, or decide about.
  static let hostTexts = FuzzTarget("host-texts", rate: 10000) { (bytes) throws(FuzzFault) in
    let text = String(decoding: bytes, as: UTF8.self)
    if let container = ContainerName(controlGroups: text), container.name.isEmpty {
      throw FuzzFault("a container without a name")
    }
    _ = TCPCounters(parsing: text)["ListenOverflows"]
    _ = UserNames(parsing: text)[0]
  }
}
