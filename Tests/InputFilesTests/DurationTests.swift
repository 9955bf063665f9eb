import Advisor
import InputFiles
import ProfileMistakes
import TCPModel
import Testing

struct DurationTests {
  @Test(arguments: [
    ("250us", Duration.microseconds(250)), ("100ms", .milliseconds(100)), ("10s", .seconds(10)),
    ("2min", .seconds(120)), ("1h", .seconds(3600)), ("1.5s", .milliseconds(1500)),
    ("0.001ms", .microseconds(1)), ("2.25h", .seconds(8100)), ("10 s", .seconds(10)),
    ("\"10s\"", .seconds(10)), ("8760h", .seconds(8760 * 3600)), ("007s", .seconds(7)),
  ])
  func `durations: a duration is a number and a unit`(text: String, time: Duration) throws {
    let profile = try read(profile("objectives: { idle: { within: \(text) } }"))
    #expect(profile.groups.first?.objectives.first?.within?.time == time)
  }

  @Test(arguments: [
    ("8min", "8 min"), ("480s", "480 s"), ("0.5h", "0.5 h"), ("1500ms", "1500 ms"),
    ("250us", "250 µs"), ("10 s", "10 s"),
  ])
  func `duration: a bound keeps its unit`(text: String, written: String) throws {
    let profile = try read(profile("objectives: { idle: { within: \(text) } }"))
    #expect(profile.groups.first?.objectives.first?.within?.written.text == written)
  }

  @Test(arguments: Mistake.durations)
  func `durations: anything else is refused where it stands`(text: String, message: String) throws {
    let error = try #require(failure(profile("objectives: { idle: { within: \(text) } }")))
    #expect(error.message.contains(message), "\(error)")
    #expect(error.location == FileLocation(file: "profile.yaml", line: 3, column: 31))
  }

  @Test(arguments: Mistake.roundTrips)
  func `durations: a round trip is a duration or a range`(text: String, message: String) throws {
    let error = try #require(failure(profile("path: { rtt: \(text) }")))
    #expect(error.message.contains(message), "\(error)")
    #expect(error.location == FileLocation(file: "profile.yaml", line: 3, column: 14))
  }

  @Test(arguments: ["1ms..20ms", "1ms .. 20ms", "1000us..0.02s"])
  func `durations: a range may be written with blanks and any units`(text: String) throws {
    let profile = try read(profile("path: { rtt: \(text) }\nobjectives: {idle: {within: 1h}}"))
    #expect(
      profile.groups.first?.path.roundTrip == .milliseconds(1)...(.milliseconds(20)))
  }
}
