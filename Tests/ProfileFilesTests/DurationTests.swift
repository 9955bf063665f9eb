import Advisor
import ProfileFiles
import TCPModel
import Testing

struct DurationTests {
  @Test(arguments: [
    ("250us", Duration.microseconds(250)), ("100ms", .milliseconds(100)), ("10s", .seconds(10)),
    ("2min", .seconds(120)), ("1h", .seconds(3600)), ("1.5s", .milliseconds(1500)),
    ("0.001ms", .microseconds(1)), ("2.25h", .seconds(8100)), ("10 s", .seconds(10)),
    ("\"10s\"", .seconds(10)), ("8760h", .seconds(8760 * 3600)), ("007s", .seconds(7)),
  ])
  func `a duration is a number and a unit`(text: String, time: Duration) throws {
    let profile = try read(profile("objectives: { idle: { within: \(text) } }"))
    #expect(profile.groups.first?.objectives.first?.within?.time == time)
  }

  @Test(arguments: [
    ("10", "“10” has no unit; write for example 10s"),
    ("0", "“0” has no unit; write for example 0s"),
    ("1.5", "“1.5” has no unit; write for example 1.5s"),
    ("5m", "“5m” has no known unit; those are us, ms, s, min and h"),
    ("5d", "has no known unit"), ("5S", "has no known unit"), ("1min30s", "has no known unit"),
    ("'1,5s'", "has no known unit"), ("-5s", "“-5s” is no duration"), ("soon", "is no duration"),
    (".5s", "is no duration"), ("5.s", "is no duration"), ("1.2.3s", "is no duration"),
    ("1e3s", "has no known unit"), ("٣s", "is no duration"), ("\"\"", "is no duration"),
    ("8761h", "“8761h” is longer than a year"), ("99999999999999999999s", "longer than a year"),
    ("999999999999999999999s", "is no duration"), ("[10s]", "a list stands where"),
    ("{ s: 10 }", "a map stands where"), ("0s", "nothing ends within 0s"),
  ])
  func `anything else is refused where it stands`(text: String, message: String) throws {
    let error = try #require(failure(profile("objectives: { idle: { within: \(text) } }")))
    #expect(error.message.contains(message), "\(error)")
    #expect(error.place == Place(file: "profile.yaml", line: 3, column: 31))
  }

  @Test(arguments: [
    ("20ms..1ms", "the range “20ms..1ms” ends before it begins"),
    ("1..20ms", "“1” has no unit; write for example 1s"), ("1ms..", "“” is no duration"),
    ("1ms..2ms..3ms", "“2ms..3ms” has no known unit"), ("0s", "a round trip takes more than 0s"),
    ("1ms..1h", "at most 2min"), ("1", "“1” has no unit"),
  ])
  func `a round trip is a duration or a range`(text: String, message: String) throws {
    let error = try #require(failure(profile("path: { rtt: \(text) }")))
    #expect(error.message.contains(message), "\(error)")
    #expect(error.place == Place(file: "profile.yaml", line: 3, column: 14))
  }

  @Test(arguments: ["1ms..20ms", "1ms .. 20ms", "1000us..0.02s"])
  func `a range may be written with blanks and any units`(text: String) throws {
    let profile = try read(profile("path: { rtt: \(text) }\nobjectives: {idle: {within: 1h}}"))
    #expect(
      profile.groups.first?.path.roundTrip == .milliseconds(1)...(.milliseconds(20)))
  }
}
