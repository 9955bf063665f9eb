import Advisor
import TCPModel

/// Hosts on which inputs that are about no host are tried.
enum SampleHosts {
  static let kernel = KernelVersion(6, 18)

  /// The defaults of a kernel that is well known.
  static let stock = host(kernel)

  static func host(_ kernel: KernelVersion) -> Host {
    do throws(Unknown) {
      return try Host(.defaults(of: kernel, tickRate: TickRate(hertz: 250)))
    } catch {
      preconditionFailure("Linux \(kernel) is not modelled: \(error.reason)")
    }
  }
}
