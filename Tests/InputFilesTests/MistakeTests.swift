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
  func `an unknown name is refused with the nearest known one`(mistake: Mistake) throws {
    try mistake.check()
  }

  @Test(arguments: Mistake.kinds)
  func `a value of the wrong kind is refused`(mistake: Mistake) throws { try mistake.check() }

  @Test(arguments: Mistake.ranges)
  func `a value out of range is refused with the range`(mistake: Mistake) throws {
    try mistake.check()
  }

  @Test(arguments: Mistake.matches)
  func `what no socket can be matched with is refused`(mistake: Mistake) throws {
    try mistake.check()
  }

  @Test(arguments: Mistake.contradictions)
  func `what makes no sense is refused`(mistake: Mistake) throws { try mistake.check() }

  @Test(arguments: Mistake.heads)
  func `the head of a profile is needed`(
    yaml: String, line: Int, column: Int, message: String
  ) throws {
    let error = try #require(failure(yaml))
    #expect(error.message.contains(message), "\(error)")
    #expect(error.location == FileLocation(file: "profile.yaml", line: line, column: column))
  }
}
