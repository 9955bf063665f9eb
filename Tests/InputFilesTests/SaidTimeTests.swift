import InputFiles
import TCPModel
import Testing

struct SaidTimeTests {
  @Test(arguments: [
    ("127s", Duration.seconds(127), Duration.seconds(1)),
    ("15m38s", .seconds(938), .seconds(1)), ("15min 38s", .seconds(938), .seconds(1)),
    ("2 h 11 min", .seconds(7860), .seconds(60)), ("2h11m", .seconds(7860), .seconds(60)),
    ("2h", .seconds(7200), .seconds(3600)), ("1.5 hours", .seconds(5400), .seconds(360)),
    ("3.05s", .milliseconds(3050), .milliseconds(10)),
    ("3.050 s", .milliseconds(3050), .milliseconds(1)),
    ("40ms", .milliseconds(40), .milliseconds(1)), ("250us", .microseconds(250), .microseconds(1)),
    ("250 µs", .microseconds(250), .microseconds(1)),
    ("1 Minute 3.5 sec", .milliseconds(63_500), .milliseconds(100)),
    ("0h 0m 21s", .seconds(21), .seconds(1)), ("8760h", .seconds(8760 * 3600), .seconds(3600)),
  ])
  func `said time: what people say, and a step of its last digit`(
    text: String, time: Duration, step: Duration
  ) throws {
    let said = try SaidTime(text)
    #expect(said.time == time)
    #expect(said.step == step)
  }

  @Test(arguments: [
    ("", "no time above zero"), ("0s", "no time above zero"), ("938", "number without a unit"),
    ("15m38", "number without a unit"), ("soon", "is no time"), ("-5s", "is no time"),
    ("15:38", "number without a unit"), ("3y", "no known unit; those are us, ms, s, min and h"),
    ("38s15m", "units from the longest to the shortest"), ("1s1s", "units from the longest"),
    ("1.5h30m", "a fraction before its last unit"), ("8761h", "longer than a year"),
    ("8760h1s", "longer than a year"), ("1..2s", "is no duration"), (".s", "is no duration"),
    ("99999999999999999999999s", "is no duration"), ("3,05s", "number without a unit"),
  ])
  func `said time: anything else is refused with an example`(text: String, reason: String) {
    let error = #expect(throws: DurationText.Objection.self) { try SaidTime(text) }
    #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
  }
}
