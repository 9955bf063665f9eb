import CLinux

/// The words this program was started with.
package enum Arguments {
  /// Without the program's name; not from `/proc`, as Swift has them, which need not be mounted.
  package static var all: [String] {
    var words: [String] = []
    var next = clinux_arguments()
    while let word = next?.pointee {
      words.append(String(cString: word))
      next = next?.successor()
    }
    return Array(words.dropFirst())
  }
}
