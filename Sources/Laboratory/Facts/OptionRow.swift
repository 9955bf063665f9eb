import Linux

/// What is known of one socket option, as far as it can be played.
///
/// Numbers: include/uapi/linux/tcp.h, in.h and asm-generic/socket.h. What each accepts and reads was
/// read in `do_tcp_setsockopt` and seen on Linux 6.18. Every field is plain data, which costs no code.
struct OptionRow {
  /// How the option's bytes are laid out; a linger time of −1 is off.
  enum ValueForm { case number, linger, time }

  let name: StaticString
  let level: OptionLevel
  let number: Int32
  var form = ValueForm.number
  /// The first release with the behaviour told here; empty where that is earlier than 3.10.
  var since: StaticString = ""
  /// What it reads where nobody has set it; may change the sysctl before.
  let unset: StaticString
  /// Values to set, each with what it reads then, or the errno.
  let range: StaticString
  /// A value that it keeps.
  let sample: Int
  /// What an accepted socket reads whose listener had the sample; nil is the same.
  var accepted: Int?
  /// The first release of which that is known, where not of all that have the option.
  var acceptedSince: StaticString = ""
  /// What it reads after connect with AF_UNSPEC; nil is the same.
  var disconnected: Int?
  /// The first release of which that is known, where not of all that have the option.
  var disconnectedSince: StaticString = ""

  /// Its facts, one a line: what it reads unset, what it accepts, what accepted sockets inherit, what
  /// a disconnect leaves.
  var text: String {
    // Whoever defers accepting waits for data.
    let data = number == 9 && level == .tcp ? ", send: 1" : ""
    let accepted = accepted ?? sample
    let disconnected = disconnected ?? sample
    return """

      \(name).unset \(since) = option \(name), \(unset)
      \(name).range \(since) = option \(name), \(range)
      \(name).inherited \(acceptedSince) \(since) = option \(name), \
      listener set \(sample): \(sample), connect open: EINPROGRESS\(data), accept, \
      peer get: \(accepted)
      \(name).disconnected \(disconnectedSince) \(since) = option \(name), \
      set \(sample): \(sample), connect open: EINPROGRESS, disconnect: 0, get: \(disconnected)
      """
  }
}

extension OptionRow {
  /// What reading it says: the value or the errno.
  func answer(reading socket: borrowing Descriptor) -> String {
    do throws(SystemCallError) {
      switch form {
      case .number: return "\(try socket.option(level.number, number))"
      case .linger: return "\(try socket.lingerTime() ?? -1)"
      case .time: return "\(try socket.timeLimit(number))"
      }
    } catch {
      return error.code.name
    }
  }

  /// What setting it says: the value that it reads then, or the errno.
  func answer(setting value: Int, on socket: borrowing Descriptor) -> String {
    do throws(SystemCallError) {
      let short = CInt(clamping: value)
      switch form {
      case .number: try socket.setOption(level.number, number, to: short)
      case .linger: try socket.setLingerTime(short < 0 ? nil : short)
      case .time: try socket.setTimeLimit(number, to: value)
      }
    } catch {
      return error.code.name
    }
    return answer(reading: socket)
  }
}
