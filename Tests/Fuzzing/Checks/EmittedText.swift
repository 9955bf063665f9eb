import Advisor
import InputFiles
import Reports
import SysctlFiles
import TCPModel

/// A file of a target, read back as far as the program reads such files.
struct EmittedText {
  private let file: EmittedFile

  init(_ file: EmittedFile) { self.file = file }

  /// Refuses what is not written as its name says.
  func check() throws(FuzzFault) {
    let bytes = Array(file.text.utf8)
    switch file.name.split(separator: ".").last {
    case "json", "ign": try JSONText.check(file.text, file.name)
    case "yaml", "yml": try checkYAML(bytes)
    default: break
    }
  }

  private func checkYAML(_ bytes: [UInt8]) throws(FuzzFault) {
    do throws(ProfileError) {
      _ = try SysctlsInYAML.content(of: bytes, file: file.name)
    } catch {
      throw FuzzFault("\(file.name) is no YAML: \(error)")
    }
  }

  /// The drop-in sets what is planned and nothing else, under every loader.
  static func checkDropIn(of plan: PortablePlan) throws(FuzzFault) {
    guard let emitter = PlanEmitters["sysctl"] else { throw FuzzFault("no target “sysctl”") }
    let text = emitter.files(for: plan).map(\.text).joined()
    let file = ConfigurationFile(
      "/etc/sysctl.d/60-test.conf", .text(SysctlFile(parsing: text)))
    // Numbers are printed with tabs between them, and emitted with blanks.
    let planned = plan.plan.sysctls.map {
      "\($0.key) = \($0.to.printed.replacing("\t", with: " "))"
    }
    for loader in SysctlLoader.allCases {
      let load = SysctlConfiguration(files: [.etc: [file]]).load(by: loader)
      let read = load.keys.map { "\($0) = \(load.winner(for: $0)?.value ?? "")" }
      guard read.sorted() == planned.sorted() else {
        throw FuzzFault("\(loader.program) reads \(read), and planned is \(planned)")
      }
    }
  }
}
