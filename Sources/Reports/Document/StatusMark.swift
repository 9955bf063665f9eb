/// The status of something in a word, and whether that is good.
package struct StatusMark: Hashable, Sendable {
  package enum Tone: String, Sendable { case good, bad, doubtful, neutral }

  package let word: String
  package let tone: Tone

  package init(_ word: String, _ tone: Tone) { (self.word, self.tone) = (word, tone) }
}
