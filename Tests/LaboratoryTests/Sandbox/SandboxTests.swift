import Glibc
import Linux
import NamespaceTesting
import NetAddress
import Observations
import Probes
import TCPModel
import Testing

@testable import Laboratory

/// The sandbox as a process: when it ends, and what it says when it must not begin.
struct SandboxTests {
  @Test(.enabled("namespaces are refused here") { Bench.isAllowed })
  func `sandbox: a sandbox ends when its tool has gone`() throws {
    let output = try Descriptor.pipe()
    var child: ChildProcess
    do {
      let input = try Descriptor.pipe()
      child = try ChildProcess(
        running: [Bench.executable, "sandbox"], input: input.readEnd, output: output.writeEnd)
      let job = SandboxJob(
        [Experiment(.connect, in: Bench.snapshot())],
        deadline: KernelClock.monotonic.now + .seconds(60))
      let text = job.commands.map { $0.line + "\n" }.joined()
      try DescriptorIO.writeAll(text.utf8, to: input.writeEnd.number, "the sandbox")
      var seen = ""
      while !seen.contains("begun") {
        let bytes = try DescriptorIO.readSome(
          output.readEnd.number, "the sandbox", atMost: 4096)
        try #require(!bytes.isEmpty)
        seen += String(decoding: bytes, as: UTF8.self)
      }
    }
    let start = KernelClock.monotonic.now
    #expect(try child.wait() == 1)
    #expect(KernelClock.monotonic.now - start < .seconds(1))
  }

  @Test func `sandbox: several jobs run one after the other in one sandbox`() throws {
    var laboratory = try Laboratory(executable: Bench.executable)
    for seconds in [1, 2] {
      let options = SocketOptions([.userTimeout: 200 * seconds])
      let measurement = try laboratory.run(
        [Experiment(.send, in: Bench.snapshot(), options: options)], for: .seconds(4))
      guard Bench.isAllowed else { continue }
      guard case .ended("ETIMEDOUT", _) = measurement.observations.first?.outcome else {
        Issue.record("\(measurement.observations)")
        continue
      }
    }
  }

  @Test func `sandbox: a sandbox refuses what it does not understand`() throws {
    let input = try Descriptor.pipe()
    let output = try Descriptor.pipe()
    var child = try ChildProcess(
      running: ["/bin/sh", "-c", "exec \(Bench.executable) sandbox --on-host 2>/dev/null"],
      input: input.readEnd, output: output.writeEnd)
    try DescriptorIO.writeAll("dance\n".utf8, to: input.writeEnd.number, "the sandbox")
    #expect(try child.wait() == 2)
  }

  /// Whatever is skipped because of that must be skipped for a reason.
  @Test func `sandbox: where unshare(1) gets namespaces, there is a sandbox`() {
    #expect(Bench.isAllowed || !OwnNamespace.isAllowed)
    #expect(Bench.isAllowedToNobody || !Bench.canBeNobody || !OwnNamespace.isAllowed)
  }

  static let canForbid = Bench.isAllowed && NewNamespaces.user.allow()

  /// Plays under a root of a user namespace for whom these limits are zero.
  private func run(_ experiments: [Experiment], forbidding limits: [String]) throws -> Measurement {
    let commands = limits.map { "echo 0 > /proc/sys/user/\($0)" }.joined(separator: "\n")
    return try Laboratory.run(
      experiments, for: .seconds(4), executable: Bench.executable,
      wrapper: NewNamespaces.user.wrapper(preparedBy: commands))
  }

  @Test(.enabled("namespaces are refused here") { canForbid })
  func `sandbox: a refused sandbox says why`() throws {
    let measurement = try run(
      [Experiment(.idle, in: Bench.snapshot()), Experiment(.send, in: Bench.snapshot())],
      forbidding: ["max_user_namespaces", "max_net_namespaces"])
    let reason =
      "unshare CLONE_NEWUSER|CLONE_NEWNET: ENOSPC (user.max_user_namespaces is 0; "
      + "user.max_net_namespaces is 0; root can raise it)"
    for observation in measurement.observations {
      guard case .notRun = observation.outcome else {
        Issue.record("\(observation.outcome)")
        continue
      }
      #expect(observation.onHostBecause == reason)
    }
  }

  @Test(.enabled("namespaces are refused here") { canForbid })
  func `sandbox: root does without a user namespace`() throws {
    let options = SocketOptions([.userTimeout: 500])
    let measurement = try run(
      [Experiment(.send, in: Bench.snapshot(), options: options)],
      forbidding: ["max_user_namespaces"])
    guard case .ended("ETIMEDOUT", _) = measurement.observations.first?.outcome else {
      Issue.record("\(measurement.observations)")
      return
    }
  }

  @Test func `sandbox: a program that is no sandbox is an error`() {
    #expect(throws: SystemCallError.self) {
      try Laboratory.run(
        [Experiment(.connect, in: Bench.snapshot())], for: .seconds(1), executable: "/bin/echo")
    }
  }

  @Test func `sandbox: a sandbox that dies is told with its status`() throws {
    let measurement = try Laboratory.run(
      [Experiment(.connect, in: Bench.snapshot())], for: .seconds(1), executable: "sandbox",
      wrapper: ["/bin/sh", "-c", "exit 7"])
    #expect(
      measurement.observations.map(\.outcome)
        == [.notRun(because: "the sandbox ended early, with status 7")])
  }

  @Test(arguments: [true, false])
  func `sandbox: a listener without a filter is silent too`(isIPv6: Bool) throws {
    let family: AddressFamily = isIPv6 ? .v6 : .v4
    let listener = try Listener.silent(family, withFilter: false)
    let client = try SharedSocket(family)
    #expect(client.descriptor.connect(to: listener.address) == .inProgress)
    let epoll = try Epoll()
    try epoll.add(client.descriptor, for: .output, token: 1)
    #expect(try epoll.wait(for: .milliseconds(150)).isEmpty)
    #expect(try client.descriptor.tcpInfo().state == .synSent)
  }
}
