import Linux
import Reports

/// Results go to standard output, everything else to standard error.
///
/// Nothing that came from outside steers the terminal: a text is made printable here, but where a
/// layout has done so and painted it.
enum Console {
  static func print(_ text: String, isPainted: Bool = false) {
    printPart(text, isPainted: isPainted)
  }

  /// Prints a text unless there is none.
  static func print(some text: String, isPainted: Bool = false) {
    if !text.isEmpty { printPart(text, isPainted: isPainted) }
  }

  /// Prints one of many texts, of which the reader may not want all.
  @discardableResult
  static func printPart(_ text: String, isPainted: Bool = false) -> DescriptorIO.Written {
    let text = isPainted ? text : text.printable
    return write(text.hasSuffix("\n") ? text : text + "\n", to: .output)
  }

  /// Prints a text that comes in parts, because it may be longer than one wants to have in memory.
  /// - Returns: what `parts` returns.
  @discardableResult
  static func print<Result>(isPainted: Bool = false, parts: ((String) -> Void) -> Result) -> Result
  {
    var text = ""
    let result = parts { part in
      text += isPainted ? part : part.printable
      if text.utf8.count > 1 << 16 {
        write(text, to: .output)
        text.removeAll(keepingCapacity: true)
      }
    }
    write(text, to: .output)
    return result
  }

  /// Prints a value as text, part by part.
  static func print(_ json: JSON) {
    print { sink in
      json.write(to: sink)
      sink("\n")
    }
  }

  /// Begins a terminal's screen anew.
  static func clear() { write("\u{1b}[H\u{1b}[2J", to: .output) }

  static func error(_ message: String) {
    write(
      "\(Tool.name): \(Charset.ofEnvironment.plain(message.printable.withoutLogCommands))\n",
      to: .error)
  }

  /// A reader that has gone is no error: the code that the findings earned says the rest.
  @discardableResult
  private static func write(_ text: String, to stream: StandardStream) -> DescriptorIO.Written {
    do throws(SystemCallError) {
      return try stream.write(text)
    } catch {
      // A full disk: nothing was said, so the caller must not think all is well.
      Exit.after(error, on: stream)
      return .everything
    }
  }
}
