import Advisor
import Reports
import TCPModel

extension FuzzTarget {
  /// The same as a report: a page, Markdown, text and JSON.
  static let pages = FuzzTarget("pages", rate: 120) { (bytes) throws(FuzzFault) in
    guard let (profile, host) = JudgedInput.read(bytes) else { return }
    let advice = Advice(for: [profile], on: host, baselines: [SampleHosts.stock])
    let report = AdviceReport(advice, comparisons: [], surroundings: DeploymentContext())
    let emitted = try? PortablePlan(for: [profile], kernels: [SampleHosts.kernel])
    let page = report.page(emitting: advice.scope == .host ? nil : emitted)
    try Page(HTMLPage(page, title: report.title).text).check()
    try PlainText.check(MarkdownText(report.document).text, "advise --markdown")
    try FormatText.check(report.document.text(TextLayout(isColoured: false)), as: "text")
    try FormatText.check(advice.json([], DeploymentContext()).text, as: "json")
  }
}
