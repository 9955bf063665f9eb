import Advisor
import InputFiles
import ProfileMistakes
import TCPModel
import Testing

extension Mistake {
  func check() throws {
    let error = try #require(failure(profile(yaml)), "read without an error: \(yaml)")
    #expect(error.message.contains(message), "\(error)")
    #expect(
      error.location == FileLocation(file: "profile.yaml", line: line, column: column), "\(error)")
    #expect(error.nearest == nearest, "\(error)")
  }
}

struct MistakeTests {
  @Test(arguments: Mistake.names)
  func `mistakes: an unknown name is refused with the nearest known one`(mistake: Mistake) throws {
    try mistake.check()
  }

  @Test(arguments: Mistake.kinds)
  func `mistakes: a value of the wrong kind is refused`(mistake: Mistake) throws {
    try mistake.check()
  }

  @Test(arguments: Mistake.ranges)
  func `mistakes: a value out of range is refused with the range`(mistake: Mistake) throws {
    try mistake.check()
  }

  @Test(arguments: Mistake.matches)
  func `mistakes: what no socket can be matched with is refused`(mistake: Mistake) throws {
    try mistake.check()
  }

  @Test(arguments: Mistake.contradictions)
  func `mistakes: what makes no sense is refused`(mistake: Mistake) throws { try mistake.check() }

  @Test(arguments: Mistake.heads)
  func `mistakes: the head of a profile is needed`(
    yaml: String, line: Int, column: Int, message: String
  ) throws {
    let error = try #require(failure(yaml))
    #expect(error.message.contains(message), "\(error)")
    #expect(error.location == FileLocation(file: "profile.yaml", line: line, column: column))
  }
}
