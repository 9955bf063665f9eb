/// What a network namespace has counted since it was made (`/proc/net/netstat`, the lines of TcpExt).
package struct TCPCounters: Equatable, Sendable {
  private var values: [String: Int] = [:]

  package init() {}

  /// Reads lines of names, each above a line of numbers; what does not fit is left out.
  package init(parsing text: String) {
    let rows = text.split(separator: "\n").map { $0.split(separator: " ") }
    for (names, numbers) in zip(rows, rows.dropFirst())
    where names.first == "TcpExt:" && numbers.first == "TcpExt:" {
      for (name, number) in zip(names, numbers).dropFirst() { values[String(name)] = Int(number) }
    }
  }

  /// Nil if the kernel does not count it.
  package subscript(name: String) -> Int? { values[name] }
}
