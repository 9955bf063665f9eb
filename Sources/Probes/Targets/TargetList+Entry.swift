import Linux
import NetAddress
import TCPModel

extension TargetList {
  /// Reads a target with the options behind it.
  /// - Parameter location: where the text begins; nil is the command line.
  func entry(_ text: String, at location: FileLocation?) throws(Mistake) -> Entry {
    if source != .v6, let target = ProbeTarget(plain: text) {
      return Entry(text: text, target: target)
    }
    var words = text.split { $0 == " " || $0 == "\t" }[...]
    guard let first = words.popFirst() else {
      throw Mistake("a target is missing", at: location)
    }
    do throws(Objection) {
      var entry = try target(first)
      for word in words { try add(word, to: &entry, isInFile: location != nil) }
      return entry
    } catch {
      let offset = text.utf8.distance(from: text.startIndex, to: error.word.startIndex)
      throw Mistake("\(error.word): \(error.reason)", at: location, plus: offset)
    }
  }

  /// What is wrong with a word.
  private struct Objection: Error {
    let word: Substring
    let reason: String
  }

  private func target(_ word: Substring) throws(Objection) -> Entry {
    do throws(ProbeTarget.Objection) {
      let entry = Entry(text: String(word), target: try ProbeTarget(word))
      if let reason = objection(to: entry.target) { throw ProbeTarget.Objection(reason: reason) }
      return entry
    } catch {
      throw Objection(word: word, reason: error.reason)
    }
  }

  /// Returns why a target cannot be connected to.
  private func objection(to target: ProbeTarget) -> String? {
    guard target.port != nil || !ports.isEmpty else {
      return "a port is missing; HOST:PORT, or --port for all"
    }
    if let source, let family = target.family, family != source {
      return "the address to connect from is an \(source) one"
    }
    guard attempts(of: target) <= Self.mostAttempts else {
      return "with \(target.addressesText) addresses these are more than 2^32 attempts,"
        + " which is the most there can be"
    }
    return nil
  }

  private func add(_ word: Substring, to entry: inout Entry, isInFile: Bool) throws(Objection) {
    let name = word.uppercased()
    guard word.contains("=") || name.hasPrefix("TCP_") || name.hasPrefix("SO_") else {
      let home = isInFile ? "a line" : "an argument"
      throw Objection(
        word: word,
        reason: "behind a target stand its options, such as TCP_SYNCNT=2; another target needs"
          + " \(home) of its own")
    }
    do throws(ProbeTarget.Objection) {
      let (option, value) = try option(String(word))
      if let other = entry.options[option], other != value {
        throw ProbeTarget.Objection(reason: "it is \(other) already")
      }
      entry.options[option] = value
    } catch {
      throw Objection(word: word, reason: error.reason)
    }
  }
}
