import Advisor
import InputFiles
import Reports
import SysctlFiles
import TCPModel

extension FuzzTarget {
  /// A profile, and the text of every target; what the program can read of it is read back.
  static let emissions = FuzzTarget("emissions", rate: 400) { (bytes) throws(FuzzFault) in
    guard let profile = JudgedInput.profile(bytes),
      let plan = try? PortablePlan(
        for: [profile], kernels: [SampleHosts.kernel], programs: programs)
    else { return }
    for emitter in PlanEmitters.all {
      let emission = emitter.emission(of: plan)
      for text in emission.unmet + emission.remarks { try PlainText.check(text, emitter.name) }
      for file in emission.files {
        try PlainText.check(file.name, emitter.name)
        try PlainText.check(file.text, "\(emitter.name), \(file.name)")
        try EmittedText(file).check()
      }
    }
    try EmittedText.checkDropIn(of: plan)
  }

  private static let programs = (try? ProfileReader.knownPrograms()) ?? []
}
