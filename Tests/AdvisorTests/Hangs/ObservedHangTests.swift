import Advisor
import TCPModel
import Testing

struct ObservedHangTests {
  @Test func `took: a time is right to a step either way, and to half of itself`() {
    let exact = ObservedHang(.seconds(938), step: .seconds(1))
    #expect(exact.range == TimeRange(.seconds(937), .seconds(939)))
    let coarse = ObservedHang(.seconds(7200), step: .seconds(3600))
    #expect(coarse.range == TimeRange(.seconds(3600), .seconds(10_800)))
    let minute = ObservedHang(.seconds(60), step: .seconds(60))
    #expect(minute.range == TimeRange(.seconds(30), .seconds(120)))
  }

  @Test func `took: the coarser a time is, the more it may have been`() {
    let exact = HangDiagnosis(.seconds(7920), .seconds(1)).candidates.count
    let minutes = HangDiagnosis(.seconds(7920), .seconds(60)).candidates.count
    let hours = HangDiagnosis(.seconds(7200), .seconds(3600)).candidates.count
    #expect(exact <= minutes && minutes < hours)
  }

  @Test func `took: spans of releases break where one is missing`() {
    func spans(_ releases: String...) -> [String] {
      releases.compactMap { KernelVersion($0) }.spans.map {
        "\($0.first.release)-\($0.last.release)"
      }
    }
    #expect(spans("4.20", "5.0", "4.19.209", "5.2") == ["4.19.209-5.0", "5.2-5.2"])
    #expect(spans("3.10", "4.14") == ["3.10-3.10", "4.14-4.14"])
    // The kernel of a host is in no list.
    #expect(spans("6.18.44-cloud") == ["6.18.44-cloud-6.18.44-cloud"])
    #expect(KernelRules.releases.first == KernelVersion(3, 10))
    #expect(KernelRules.releases.last == KernelRules.newestChecked)
  }

  @Test func `took: every common setting and every known wait has a source`() {
    for setting in CommonSetting.all {
      #expect(!setting.source.isEmpty)
      #expect(!setting.sysctls.isEmpty || !setting.options.isEmpty)
      for (key, value) in setting.sysctls { #expect(SysctlCatalog[key]?.accepts(value) == true) }
    }
    for wait in KnownWait.all {
      #expect(!wait.source.isEmpty && wait.range.earliest <= wait.range.latest)
    }
  }
}
