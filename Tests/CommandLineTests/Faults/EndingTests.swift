import Glibc
import NamespaceTesting
import Testing

/// However a measuring run ends, nobody and no namespace is left of it.
@Suite(.enabled(if: Machine.allowsNamespaces, "namespaces are refused here"))
struct EndingTests {
  /// Two sets of sysctls would be two namespaces; processes are in one of them.
  private func measuring(for budget: String = "30s") throws -> Running {
    try Running([
      "measure", "connect", "idle", "send", "--option", "TCP_KEEPIDLE=1", "--budget", budget,
      "--json",
    ])
  }

  private func expectNothingLeft(_ sandbox: (process: pid_t, namespace: String)) {
    // A second is promised; a busy machine gets more.
    #expect(Running.comes(within: 3) { kill(sandbox.process, 0) != 0 })
    #expect(Running.comes(within: 3) { !Running.isInhabited(sandbox.namespace) })
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func `ending: a signal ends it with what is there`(signal: CInt) throws {
    let running = try measuring()
    // Retransmissions are the first things to tell.
    let sandbox = try running.sandbox(retransmitting: 2)
    kill(running.tool, signal)
    #expect(running.ends(within: 3))
    #expect(running.code == 128 + signal)
    let measurements = try running.measurements
    #expect(measurements.count == 3)
    #expect(running.complaint == "")
    #expect(
      measurements.allSatisfy { $0["status"].string == "confirmed-so-far" }, "\(running.output)")
    expectNothingLeft(sandbox)
  }

  @Test func `ending: a second signal ends it at once`() throws {
    let running = try measuring()
    let sandbox = try running.sandbox()
    kill(running.tool, SIGINT)
    kill(running.tool, SIGINT)
    #expect(running.ends(within: 2))
    expectNothingLeft(sandbox)
  }

  @Test(arguments: [false, true])
  func `ending: a tool that is killed takes its sandbox along`(isSandboxStopped: Bool) throws {
    let running = try measuring()
    let sandbox = try running.sandbox()
    if isSandboxStopped { kill(sandbox.process, SIGSTOP) }
    kill(running.tool, SIGKILL)
    #expect(running.ends(within: 3))
    expectNothingLeft(sandbox)
  }

  /// Long before it runs: while it loads, reads its orders, enters its namespaces.
  @Test(arguments: 0..<12)
  func `ending: a sandbox that is stopped as it begins goes with its tool`(milliseconds: UInt32)
    throws
  {
    let running = try measuring()
    var child: pid_t?
    let begins = Running.comes(within: 10) {
      child = Running.children(of: running.tool).first
      return child != nil
    }
    #expect(begins)
    let sandbox = try #require(child)
    usleep(milliseconds * 1000)
    kill(sandbox, SIGSTOP)
    kill(running.tool, SIGKILL)
    #expect(running.ends(within: 3))
    #expect(Running.comes(within: 20) { kill(sandbox, 0) != 0 })
  }

  @Test func `ending: signals to the sandbox are left to the tool`() throws {
    let running = try measuring(for: "3s")
    let sandbox = try running.sandbox()
    for signal in [SIGINT, SIGTERM, SIGHUP, SIGQUIT] { kill(sandbox.process, signal) }
    #expect(running.ends(within: 6))
    #expect(running.code == 0)
    #expect(running.complaint == "")
    expectNothingLeft(sandbox)
  }

  @Test func `ending: a sandbox that is killed is told, with what was seen`() throws {
    let running = try measuring()
    let sandbox = try running.sandbox(retransmitting: 2)
    kill(sandbox.process, SIGKILL)
    #expect(running.ends(within: 3))
    #expect(running.code == 0)
    #expect(running.complaint == "tcpadvisor: the sandbox ended early, with status 137\n")
    for measurement in try running.measurements {
      #expect(measurement["status"].string == "confirmed-so-far", "\(running.output)")
    }
    expectNothingLeft(sandbox)
  }

  @Test func `ending: a sandbox that is stopped keeps nobody waiting`() throws {
    let running = try measuring(for: "3s")
    let sandbox = try running.sandbox()
    kill(sandbox.process, SIGSTOP)
    #expect(running.ends(within: 6))
    // Budget and grace; a busy machine gets more.
    #expect(running.seconds < 4.5)
    #expect(try running.measurements.allSatisfy { $0["status"].string != "outside" })
    expectNothingLeft(sandbox)
  }

  @Test func `ending: a closed pipe ends it like any other run`() throws {
    let run = try Run.shell(
      "{ \"$1\" measure idle --option TCP_KEEPIDLE=1 --budget 2s; echo $? >&2; } | true",
      Machine.executable)
    #expect(run.complaint == "0\n")
  }

  @Test func `ending: a terminal that is closed takes all along`() throws {
    let terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var number: CInt = 0
    var locked: CInt = 0
    try #require(ioctl(terminal, 0x8004_5430, &number) == 0)  // TIOCGPTN
    try #require(ioctl(terminal, 0x4004_5431, &locked) == 0)  // TIOCSPTLCK
    let name = "/dev/pts/\(number)"
    // A new session takes the first terminal it opens as its own.
    let setsid = try #require(Machine.program("setsid"))
    let running = try Running(
      ["measure", "connect", "--budget", "30s"],
      wrapper: [setsid, "/bin/sh", "-c", "exec <\(name); exec \"$@\"", "sh"])
    let sandbox = try running.sandbox()
    close(terminal)
    #expect(running.ends(within: 3))
    #expect(running.code == 129)
    expectNothingLeft(sandbox)
  }

  @Test(
    .enabled(if: NewNamespaces.user.allow(), "namespaces are refused here"),
    arguments: ["-INT", "-KILL"])
  func `ending: its namespaces are given back`(signal: String) throws {
    // Where there may be just one, the next one shows that it is gone.
    let script = """
      echo 1 > /proc/sys/user/max_net_namespaces
      "$1" measure connect send close fin-wait time-wait accept --budget 30s &
      for try in $(seq 200); do
        sleep 0.1; read -r child rest <"/proc/$!/task/$!/children"
        awk '$4 == "02" && $7 > 1 { sent = 1 } END { exit !sent }' "/proc/$child/net/tcp" && break
      done 2>/dev/null
      kill $2 $!
      for try in $(seq 30); do sleep 0.1; unshare -n true && exit 0; done; exit 1
      """
    let run = try Run(
      NewNamespaces.user.wrapper
        + ["/bin/sh", "-c", script, "sh", Machine.executable, signal])
    #expect(run.code == 0, "\(run.complaint)")
    #expect(run.output.contains("so far") == (signal == "-INT"))
  }
}
