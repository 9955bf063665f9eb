import Glibc
import Linux
import NamespaceTesting
import NetAddress
import Observations
import TCPModel
import Testing

@testable import Laboratory

/// Sandboxes that are refused in part or in whole: what is run all the same, and what is said.
struct SandboxDenialTests {
  static let few = SocketOptions([.synCount: 1])
  static let canUnshare = Bench.isAllowed && NewNamespaces.user.allow()

  private func run(
    _ experiments: [Experiment], for budget: Duration = .seconds(6), under wrapper: [String]
  )
    throws -> [Observation]
  {
    let measurement = try Laboratory.run(
      experiments, for: budget, executable: Bench.executable, wrapper: wrapper)
    #expect(measurement.observations.count == experiments.count)
    #expect(measurement.mishap == nil)
    return measurement.observations
  }

  /// Plays where a shell script has prepared namespaces of its own.
  private func run(_ experiments: [Experiment], in namespaces: NewNamespaces, _ job: String)
    throws -> [Observation]
  {
    try run(experiments, under: namespaces.wrapper(preparedBy: job))
  }

  private func reason(_ observation: Observation?) -> String {
    guard case .notRun(let reason) = observation?.outcome else {
      return "run: \(String(describing: observation?.outcome))"
    }
    return reason
  }

  @Test(.enabled("no C compiler or no seccomp here") { Confine.isPossible })
  func `sandbox denial: in a container, connect is run on the host's loopback`() throws {
    try expectLoopback(under: try #require(Confine.wrapper(.namespaces)))
  }

  @Test(
    .enabled("no C compiler or no seccomp here") { Confine.isPossible },
    .enabled("no other user by root and setpriv here") { Bench.canBeNobody })
  func `sandbox denial: in a container it is run for a user without rights too`() throws {
    try expectLoopback(under: try #require(Confine.wrapper(.namespaces)) + Bench.nobody)
  }

  private func expectLoopback(under wrapper: [String]) throws {
    let host = Bench.hostSnapshot(.connect)
    var other = host
    other[.tcpSynRetries] = .value(17)
    var outage = Experiment(.connect, in: host)
    outage.outage = .seconds(1)
    let experiments = [
      Experiment(.connect, in: host, options: Self.few),
      Experiment(.connect, in: host, options: SocketOptions([.userTimeout: 1500]), family: .v6),
      Experiment(.connect, in: other), Experiment(.idle, in: host), Experiment(.send, in: host),
      outage,
    ]
    let observations = try run(experiments, under: wrapper)
    for (experiment, observation) in zip(experiments, observations).prefix(2) {
      Bench.expect(observation, asModelled: experiment)
      #expect(observation.onHostBecause?.contains("a seccomp filter") == true)
    }
    #expect(
      reason(observations[2]).hasSuffix("_retries = \(host[.tcpSynRetries].printed ?? ""), not 17"))
    for observation in observations[3...] {
      #expect(
        observation.onHostBecause?.hasPrefix("unshare CLONE_NEWUSER|CLONE_NEWNET: EPERM (a seccomp")
          == true)
      #expect(reason(observation) == "without a sandbox only connect to a silent host is run")
    }
  }

  /// As AppArmor does on Ubuntu: a user namespace is granted, and every capability in it denied.
  @Test(
    .enabled("namespaces are refused here") { Bench.isAllowed },
    .enabled("no C compiler or no seccomp here") { Confine.isPossible })
  func `sandbox denial: from namespaces without rights another child goes outside`() throws {
    let experiment = Experiment(
      .connect, in: Bench.hostSnapshot(.connect), options: SocketOptions([.userTimeout: 500]))
    let observations = try self.run(
      [experiment, Experiment(.idle, in: experiment.snapshot)],
      under: try #require(Confine.wrapper(.rights)))
    Bench.expect(observations[0], asModelled: experiment)
    for observation in observations {
      #expect(observation.onHostBecause?.hasPrefix("socket AF_NETLINK route: EPERM") == true)
    }
    #expect(reason(observations[1]).hasPrefix("without a sandbox"))
  }

  @Test(.enabled("namespaces are refused here") { canUnshare })
  func `sandbox denial: a user without a place in the map is told so`() throws {
    let host = Bench.hostSnapshot(.connect)
    let observations = try run(
      [Experiment(.connect, in: host, options: Self.few)],
      under: NewNamespaces.userWithoutRoot.wrapper)
    #expect(observations[0].onHostBecause?.contains("has no place in /proc/self/uid_map") == true)
    Bench.expect(observations[0], asModelled: Experiment(.connect, in: host, options: Self.few))
  }

  @Test(.enabled("namespaces are refused here") { canUnshare })
  func `sandbox denial: sets of sysctls beyond the limit of namespaces are not run`() throws {
    let experiments = (1...5).map { retries in
      Experiment(
        .connect, in: Bench.snapshot([.tcpSynRetries: retries]),
        options: SocketOptions([.userTimeout: 500]))
    }
    let observations = try run(experiments, in: .user, "echo 3 > /proc/sys/user/max_net_namespaces")
    for (experiment, observation) in zip(experiments, observations).prefix(3) {
      Bench.expect(observation, asModelled: experiment)
    }
    for observation in observations.dropFirst(3) {
      #expect(
        reason(observation).hasPrefix(
          "unshare CLONE_NEWNET: ENOSPC (the limit of namespaces is reached"))
    }
  }

  @Test(.enabled("namespaces are refused here") { Bench.isAllowed })
  func `sandbox denial: experiments beyond the limit of open files are not run`() throws {
    let experiments = (0..<80).map { number in
      Experiment(
        number % 2 == 0 ? .connect : .send, in: Bench.snapshot(),
        options: SocketOptions([.userTimeout: 500]))
    }
    let observations = try run(
      experiments, under: ["/bin/sh", "-c", "ulimit -n 64; exec \"$@\"", "sh"])
    let refused = observations.filter { $0.outcome.isNotPlayed }
    #expect((20..<60).contains(refused.count))
    for observation in refused {
      #expect(
        reason(observation).hasSuffix(
          "EMFILE (at most 64 files may be open; ulimit -Hn is the limit)"))
    }
    for (experiment, observation) in zip(experiments, observations)
    where !observation.outcome.isNotPlayed {
      Bench.expect(observation, asModelled: experiment)
    }
  }

  @Test(
    .enabled("namespaces are refused here") { canUnshare },
    arguments: [
      ("mount --rbind /proc /proc; mount -o remount,bind,ro /proc", "EROFS"),
      ("mount -t tmpfs none /proc", "ENOENT"),
    ])
  func `sandbox denial: settings that cannot be written are told`(job: String, errno: String) throws
  {
    let experiments = [
      Experiment(
        .connect, in: Bench.snapshot([.tcpSynRetries: 1]),
        options: SocketOptions([.userTimeout: 500]))
    ]
    let observation = try #require(try run(experiments, in: .userAndMounts, job).first)
    #expect(observation.notCopied[.tcpSynRetries] == errno)
    Bench.expect(observation, asModelled: experiments[0])
  }

  @Test(
    .enabled("namespaces are refused here") { Bench.isAllowed },
    .enabled("no C compiler or no seccomp here") { Confine.isPossible })
  func `sandbox denial: without IPv6 the other family is run`() throws {
    let experiments = AddressFamily.allCases.map {
      Experiment(
        .send, in: Bench.snapshot(), options: SocketOptions([.userTimeout: 500]), family: $0)
    }
    let observations = try run(experiments, under: try #require(Confine.wrapper(.ipv6)))
    Bench.expect(observations[0], asModelled: experiments[0])
    #expect(
      reason(observations[1])
        == "socket TCP over IPv6: EAFNOSUPPORT (the kernel has no IPv6, or ipv6.disable=1 "
        + "switches it off)")
  }

  @Test(.enabled("namespaces are refused here") { canUnshare })
  func `sandbox denial: a host that has switched IPv6 off is told by its sysctl`() throws {
    let observations = try run(
      [Experiment(.connect, in: Bench.snapshot(), family: .v6)], in: .userAndNetwork,
      """
      echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6
      echo 0 > /proc/sys/user/max_user_namespaces
      echo 0 > /proc/sys/user/max_net_namespaces
      """)
    #expect(
      reason(observations[0]).hasSuffix(
        "bind [::1]:0: EADDRNOTAVAIL (net.ipv6.conf.all.disable_ipv6 is 1)"))
  }
}

extension Observation.Outcome {
  fileprivate var isNotPlayed: Bool { if case .notRun = self { true } else { false } }
}
