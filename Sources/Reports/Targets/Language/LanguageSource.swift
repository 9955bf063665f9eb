import Advisor
import TCPModel

/// A target that is code: a connect with a deadline, options before and after it, and a heartbeat, for
/// groups of connections that are found by their names.
protocol LanguageSource: PlanEmitter {
  /// What its library is in the catalogue of programs; nil where it can set everything.
  var program: String? { get }
  var commentPrefix: String { get }

  func fileName(for plan: String) -> String
  /// - Parameter head: what stands at the top of the file, as comments.
  func text(for groups: [CodeGroup], head: String) -> String
}

extension LanguageSource {
  package var part: PlanPart { .program }
  package var group: PlanEmitterGroup { .languages }
  var program: String? { nil }
  var commentPrefix: String { "// " }

  package func fileNames(for plan: String) -> [String] { [fileName(for: plan)] }

  package func emission(of plan: PortablePlan) -> Emission {
    let known = program.flatMap { name in plan.programs.first { $0.name == name } }
    let settings = known.map { known in plan.programSettings { _ in known } }
    let groups =
      settings?.map { CodeGroup($0, in: plan) }
      ?? plan.profiles.flatMap(\.groups).map { CodeGroup($0, in: plan) }
    let unmet = settings?.flatMap(\.unmet) ?? []
    let name = fileName(for: plan.name)
    let head = plan.programHead(
      of: name, for: groups.map(\.group), unmet: unmet, prefix: commentPrefix)
    return Emission([EmittedFile(name, text(for: groups, head: head.inSource))], unmet: unmet)
  }

  /// Comments before something, indented.
  func comments(_ texts: [String], indent: String = "") -> String {
    texts.map { CommentWrapper.fold($0, prefix: indent + commentPrefix) }.joined().inSource
  }

  /// A row for each option below what it changes.
  /// - Parameter write: makes the row, without its newline.
  func rows(_ options: [CodeGroup.Option], indent: String, _ write: (CodeGroup.Option) -> String)
    -> String
  {
    options.map { comments($0.reasons, indent: indent) + indent + write($0) + "\n" }.joined()
  }
}

extension String {
  /// As it may stand in a comment of any language: Java reads `\u` everywhere.
  fileprivate var inSource: String { replacingEach("\\u", with: "\\\\u") }

  /// Between double quotation marks, as C and its like, Go, Java, JavaScript, Python, Rust and Swift
  /// read it: with no escapes but of these marks and of `\`.
  var codeQuoted: String { jsonQuoted }
}
