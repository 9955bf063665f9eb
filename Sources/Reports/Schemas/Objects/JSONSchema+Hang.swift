import Advisor
import TCPModel

extension JSONSchema {
  /// What may have ended a wait.
  static let hang: [Field] = [
    Field(
      "took",
      object(
        [
          Field("seconds", .seconds, "The time that was said."),
          Field("step_seconds", .seconds, "How exactly it was said."),
        ] + range), "The wait; its range is what the time may stand for."),
    Field("errno", orNull(errno), "The errno that was said; null if none was."),
    Field("candidates", .list(candidate), "The likeliest first."),
    Field("nearest_before", orNull(candidate), "What ends just before; null if nothing does."),
    Field("nearest_after", orNull(candidate), "What ends just after; null if nothing does."),
    Field("notes", .list(.text), "What else there is to know."),
  ]

  private static let candidate = defined(
    Definition(
      "candidate", "What may have given up.",
      either([object(candidateFields + timer), object(candidateFields + wait)])))

  private static let candidateFields: [Field] =
    [
      Field("likelihood", .words(of: HangCandidate.Likelihood.self), "Where it is known from."),
      Field("fit", .words(of: HangCandidate.Fit.self), "How well the time fits."),
      Field("summary", .text, "What it is."),
      Field("ends", always, "It always ends."),
      Field("errno", orNull(errno), "What the program is told; null if nothing."),
      Field("documented_seconds", secondsOrNull, "The sum that documentation has."),
      Field(
        "tell_apart",
        .list(of: [
          Field("command", textOrNull, "A command; null if it takes none."),
          Field("expect", .text, "What it shows if this gave up."),
        ]), "How to tell it from the others."),
    ] + range

  /// A timer of Linux.
  private static let timer: [Field] = [
    Field("scenario", scenario, "The scenario."),
    Field(
      "kernels",
      .list(of: [
        Field("from", .text, "The first release."), Field("to", .text, "The last release."),
      ]), "The releases that end then."),
    Field("sysctls", sysctls, "The values that decide."),
    Field("options", socketOptions, "The options that the program sets."),
    Field("application", application, "The times that the program keeps."),
    Field("programs", .list(.text), "Known programs that do so."),
    Field("shortest_rtt_seconds", secondsOrNull, "The round trip, at least, where it decides."),
    Field("longest_rtt_seconds", secondsOrNull, "The round trip, at most, where it decides."),
    Field("system", .words(["Linux"]), "The system."),
    Field("source", textOrNull, "Where it is documented; null for defaults of Linux."),
    Field("gives_up", .words(HangEnd.Kind.names), "Who ends the wait."),
  ]

  /// What is no timer of this model.
  private static let wait: [Field] = [
    Field("scenario", .null, "None of the scenarios."),
    Field("kernels", .list(.null), "Empty."),
    Field("sysctls", object([]), "Empty."),
    Field("options", object([]), "Empty."),
    Field("programs", .list(.null), "Empty."),
    Field("system", .text, "The system or the library."),
    Field("source", .text, "Where it is documented."),
    Field("gives_up", .null, "Null: not this host's kernel."),
  ]

  /// A failure that no timer decides.
  static let outcome: [Field] = [
    Field("outcome", .words(of: ImmediateFailure.self), "The outcome."),
    Field(
      "causes",
      .list(of: [
        Field("cause", .text, "What happened."),
        Field("errno", orNull(errno), "What the program is told; null if nothing."),
        Field("when", .words(of: ImmediateFailure.Moment.self), "When it is told."),
        Field("epoll_events", .list(.text), "What epoll reports, without the prefix EPOLL."),
        Field("earliest_seconds", secondsOrNull, "Seconds until a probe finds out, at least."),
        Field("latest_seconds", secondsOrNull, "Seconds until a probe finds out, at most."),
      ]), "Each cause by itself."),
    Field("notes", .list(.text), "What else there is to know."),
  ]
}
