import Emitters
import Linux

/// Results go to standard output, everything else to standard error.
enum Console {
  static func print(_ text: String) {
    write(text.hasSuffix("\n") ? text : text + "\n", to: .output)
  }

  /// Prints a value whose text may be longer than one wants to have in memory.
  static func print(streaming value: JSON) {
    var text = ""
    value.write(to: &text) { part in
      write(part, to: .output)
      part.removeAll(keepingCapacity: true)
    }
    print(text)
  }

  static func complain(_ message: String) {
    // It repeats what the user or a file wrote.
    write("\(Tool.name): \(Charset.ofEnvironment.plain(message.printable))\n", to: .error)
  }

  /// A reader that has gone is no error: the code that the findings earned says the rest.
  private static func write(_ text: String, to stream: StandardStream) {
    do throws(SystemCallError) {
      try stream.write(text)
    } catch {
      // A full disk: nothing was said, so the caller must not think all is well.
      Exit.after(error, on: stream)
    }
  }
}
