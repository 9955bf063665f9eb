import Linux
import TCPModel

/// What is known of one socket option, as far as it can be played.
///
/// Numbers: include/uapi/linux/tcp.h, in.h and asm-generic/socket.h. What each accepts and reads was
/// read in `do_tcp_setsockopt` and seen on Linux 6.18.
struct OptionRow: Hashable {
  /// How the option's bytes are laid out.
  enum Form: Hashable { case number, linger, time }

  /// A value as facts write it: a number, `off` for a linger time that is none.
  struct Value: Hashable, CustomStringConvertible {
    let number: Int?
    var description: String { number.map(String.init) ?? "off" }

    init(_ number: Int?) { self.number = number }

    init?(_ text: String) {
      number = Int(text)
      if number == nil, text != "off" { return nil }
    }
  }

  let name: String
  let level: OptionLevel
  let number: Int32
  var form = Form.number
  /// The first release with the behaviour told here, where that is later than 3.10.
  var since: KernelVersion?
  /// What it reads where nobody has set it; may change the sysctl before.
  let unset: String
  /// Values to set, each with what it reads then, or the errno.
  let tries: [(Int, String)]
  /// One that it keeps, and what an accepted socket reads whose listener had it.
  let sample: Int
  var accepted: String?
  /// What it reads after connect with AF_UNSPEC; nil is the same as before.
  var disconnected: String?

  static func == (left: Self, right: Self) -> Bool { left.name == right.name }
  func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension OptionRow {
  /// Reads the option.
  func read(_ socket: borrowing Descriptor) throws(SystemCallError) -> Value {
    switch form {
    case .number: Value(Int(try socket.option(level.number, number)))
    case .linger: Value(try socket.lingerTime().map(Int.init))
    case .time: Value(try socket.timeLimit(number))
    }
  }

  func set(_ value: Value, on socket: borrowing Descriptor) throws(SystemCallError) {
    switch form {
    case .number: try socket.setOption(level, number, to: CInt(clamping: value.number ?? 0))
    case .linger: try socket.setLingerTime(value.number.map { CInt(clamping: $0) })
    case .time: try socket.setTimeLimit(number, to: value.number ?? 0)
    }
  }

  /// What reading it says.
  func answer(reading socket: borrowing Descriptor) -> String {
    do throws(SystemCallError) { return "\(try read(socket))" } catch { return error.code.name }
  }

  /// What setting it says: the value that it reads then, or the errno.
  func answer(setting value: Value, on socket: borrowing Descriptor) -> String {
    do throws(SystemCallError) {
      try set(value, on: socket)
      return "\(try read(socket))"
    } catch {
      return error.code.name
    }
  }
}
