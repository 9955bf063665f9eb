import Glibc
import Linux
import Reports

/// Ends the process where output itself cannot be written.
enum Exit {
  static func after(_ error: SystemCallError, on stream: StandardStream) {
    guard stream == .output else { return }
    let message = Array("\(Tool.name): \(error)\n".utf8)
    _ = message.withUnsafeBytes { Glibc.write(2, $0.baseAddress, $0.count) }
    exit(2)
  }
}
