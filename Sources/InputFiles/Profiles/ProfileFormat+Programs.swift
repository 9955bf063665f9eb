import Advisor
import TCPModel

extension ProfileFormat {
  /// What is known of a program, wherever it is used.
  package static let program = RecordSchema(
    "program",
    [
      Field("summary", .text, "What it is, in a line."),
      Field(
        "processes", .list(.text),
        "The names of its processes, by which live sockets are told to be of it; * stands for"
          + " anything."),
    ]
      + group.fields.filter { programFields.contains($0.name) }
      + [
        Field(
          "knobs", .named(knob, known: knobs, needed: ["name"]),
          "How it is told: for a socket option or a time that it keeps by itself the setting of its"
            + " own that decides it."),
        Field(
          "closes_unused", .map(unused),
          "When it closes a connection that it does not use, by default; left out, never."),
        Field(
          "only_lowers", .boolean,
          "Whether it sets the numbers of keepalive in `sets` only where the host's are greater."),
        Field("checked_on", .date, "The day somebody looked it up, such as 2026-11-21."),
        Field("notes", .text, "What else there is to know."),
      ] + reasons)

  /// What knobs are for.
  static let knobs =
    SocketOption.all.map(\.name) + ProgramKnob.Timer.allCases.map(\.rawValue)

  /// The setting of a program that decides an option or a time.
  package static let knob = RecordSchema(
    "knob",
    [
      Field("name", .text, "As the program's documentation names it."),
      Field(
        "unit", .choice(ProgramKnob.Unit.allCases.map(\.rawValue)),
        "What its numbers count; left out, what the kernel takes, and seconds for times."),
      Field("least", .integer(numbers), "The least number that has an effect."),
      Field("most", .integer(numbers), "The greatest number that has an effect."),
      Field("since", .text, "The first release that has it."),
      Field(
        "form", .choice(ProgramKnob.Form.allCases.map(\.rawValue)),
        "How its value is written where the other way is not read: a number alone, or a duration"
          + " with its unit."),
      Field(
        "zero_is_off", .boolean,
        "Whether 0 switches keepalive off, instead of leaving the host's number; left out, no."),
      Field(
        "also", .list(.text),
        "Other names of the same: in other modules, or for both sides at once."
      ),
      Field(
        "part", .integer(words), "The place of its number in a value that holds several, from 1."),
      Field("ignored_in", .list(.text), "The directives in which it is ignored without a word."),
      Field(
        "address_word", .integer(words),
        "The word of its line, from 1, that must be an address as numbers; where it is a name the"
          + " setting is ignored without a word."),
    ] + reasons)

  /// What a program does with a connection that it does not use.
  package static let unused = RecordSchema(
    "unused",
    [
      Field("name", .text, "The setting that decides it, as the program's documentation names it."),
      Field("after", .positiveDuration, "After how long."),
    ] + reasons)
}
