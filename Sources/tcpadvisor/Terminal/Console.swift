import Linux
import Reports

/// Results go to standard output, everything else to standard error.
enum Console {
  static func print(_ text: String) { printPart(text) }

  /// Prints a text unless there is none.
  static func print(some text: String) { if !text.isEmpty { printPart(text) } }

  /// Prints one of many texts, of which the reader may not want all.
  @discardableResult
  static func printPart(_ text: String) -> DescriptorIO.Written {
    write(text.hasSuffix("\n") ? text : text + "\n", to: .output)
  }

  /// Prints a text that comes in parts, because it may be longer than one wants to have in memory.
  static func print(parts: ((String) -> Void) -> Void) {
    var text = ""
    parts { part in
      text += part
      if text.utf8.count > 1 << 16 {
        write(text, to: .output)
        text.removeAll(keepingCapacity: true)
      }
    }
    write(text, to: .output)
  }

  static func error(_ message: String) {
    // It repeats what the user or a file wrote.
    write("\(Tool.name): \(Charset.ofEnvironment.plain(message.printable))\n", to: .error)
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
