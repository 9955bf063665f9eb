import Foundation
import TemporaryFolders
import Testing

@testable import tcpadvisor

/// What commands do to the host and whom they contact, by their system calls.
struct ConfinementTests {
  /// A command with what it may do: write below these folders, and contact these addresses.
  struct Job: CustomTestStringConvertible {
    var arguments: [String]
    var written: [String] = []
    var contacted: [String] = []
    /// Files that it reads; `FOLDER` stands for the test's own.
    var inputs: [String] = []

    init(
      _ line: String, written: [String] = [], contacted: [String] = [], inputs: [String] = []
    ) {
      arguments = line.split(separator: " ").map(String.init)
      (self.written, self.contacted, self.inputs) = (written, contacted, inputs)
    }

    var testDescription: String { arguments.joined(separator: " ") }

    /// The same in a folder.
    func placed(in folder: String) -> Job {
      var job = self
      for path in [\Job.arguments, \.written, \.inputs] {
        job[keyPath: path] = job[keyPath: path].map { $0.replacing("FOLDER", with: folder) }
      }
      return job
    }
  }

  static let jobs = [
    Job("advise --budget 300ms --json"),
    Job("advise --no-measure --html FOLDER/out/page", written: ["FOLDER/out"]),
    Job("advise --from FOLDER/dump --json", inputs: ["FOLDER/dump"]),
    Job("advise --profile FOLDER/profile.yaml --budget 100ms", inputs: ["FOLDER/profile.yaml"]),
    Job("check"), Job("check --from FOLDER/dump -o FOLDER/out/found", written: ["FOLDER/out"]),
    Job("emit sysctl"), Job("emit sysctl -o FOLDER/out/new", written: ["FOLDER/out"]),
    Job("emit sysctl ansible --output-dir FOLDER/out/deep", written: ["FOLDER/out"]),
    Job("emit sysctl --check -o FOLDER/dump"), Job("explain connect"), Job("explain --took 127s"),
    Job("explain tcp_syn_retries"),
    Job("explain idle --html FOLDER/out/page", written: ["FOLDER/out"]), Job("files"),
    Job("fleet FOLDER/fleet", inputs: ["FOLDER/fleet/one"]),
    Job("fleet FOLDER/fleet --html FOLDER/out/page", written: ["FOLDER/out"]), Job("lint"),
    Job("lint FOLDER/sysctl.conf", inputs: ["FOLDER/sysctl.conf"]),
    Job("lint --fix --write FOLDER/out/sysctl.conf", written: ["FOLDER/out"]),
    Job("manual"), Job("manual --output-dir FOLDER/out/pages", written: ["FOLDER/out"]),
    Job("measure connect idle --budget 300ms"), Job("measure --socket-facts"),
    Job("measure --grid FOLDER/grid.yaml --budget 200ms", inputs: ["FOLDER/grid.yaml"]),
    Job("probe 127.0.0.1:1 [::1]:1 --expect refused", contacted: ["127.0.0.1", "::1"]),
    Job("probe localhost:1 --expect refused", contacted: ["127.0.0.1", "::1"]),
    Job("profiles list"), Job("profiles show server"), Job("profiles validate FOLDER/profile.yaml"),
    Job("profiles schema"), Job("profiles software"), Job("schema advise"), Job("snapshot"),
    Job("snapshot --sockets"), Job("sockets"), Job("sockets --netns all"),
  ]

  private static func folder() throws -> TemporaryFolder {
    let untidy = "net.ipv4.tcp_syn_retries=3\nnet.ipv4.tcp_tw_recycle = 1\n"
    let folder = try TemporaryFolder([
      "dump": try Machine.stockText, "fleet/one": try Machine.stockText, "sysctl.conf": untidy,
      "out/sysctl.conf": untidy,
      "profile.yaml": "schema: 1\nname: own\nobjectives: { connect: { within: 20s } }\n",
      "grid.yaml": try String(contentsOfFile: Machine.fixture("grid.yaml"), encoding: .utf8),
    ])
    return folder
  }

  @Test func `confinement: every command is looked at`() {
    let known = Set(TCPAdvisor.commandNames)
    #expect(Set(Self.jobs.compactMap(\.arguments.first)) == known)
  }

  @Test(Machine.needs("strace"), arguments: jobs)
  func `confinement: a command writes and contacts what it was asked to, and nothing else`(
    job: Job
  ) throws {
    let folder = try Self.folder()
    let job = job.placed(in: folder.path)
    let trace = try Trace(of: job.arguments)
    try #require(trace.calls.contains { $0.name == "execve" })
    #expect((0...2).contains(trace.run.code), "\(trace.run.complaint)")
    var sandboxes: Set<Int> = []
    // Where no namespaces are allowed, its children measure on the host's own loopback.
    var onLoopback: Set<Int> = []
    for call in trace.calls where call.succeeded {
      let place = "\(call.name)(\(call.arguments))"
      if call.name == "unshare", call.arguments.contains("CLONE_NEWNET") {
        sandboxes.insert(call.process)
      }
      if call.name == "execve", call.arguments.contains("\"--on-host\"") {
        onLoopback.insert(call.process)
      }
      let isOwn = sandboxes.contains(call.process)
      if call.changesFiles {
        let allowed = isOwn ? Self.ofSandboxes : job.written
        #expect(allowed.contains { call.text.hasPrefix($0) }, "\(place)")
      }
      if call.name == "execve", call.process != trace.calls.first?.process {
        #expect(call.text == "/proc/self/exe", "\(place)")
      }
      var job = job
      if onLoopback.contains(call.process) { job.contacted += ["127.0.0.1", "::1"] }
      if !isOwn { Self.checkContact(call, job, place) }
    }
  }

  /// Where a sandbox writes, in namespaces of its own.
  private static let ofSandboxes = [
    "/proc/sys/net/", "/proc/self/setgroups", "/proc/self/uid_map", "/proc/self/gid_map",
  ]

  private static func checkContact(_ call: Trace.Call, _ job: Job, _ place: String) {
    if call.name == "socket", !["AF_UNIX", "AF_NETLINK"].contains(where: call.arguments.hasPrefix) {
      #expect(!job.contacted.isEmpty, "\(place)")
    }
    guard ["connect", "sendto", "sendmsg"].contains(call.name),
      call.arguments.contains("sa_family=AF_INET")
    else { return }
    #expect(job.contacted.contains { call.arguments.contains("\"\($0)\"") }, "\(place)")
  }

  @Test(Machine.needs("strace"), arguments: jobs.filter { $0.arguments.first != "profiles" })
  func `confinement: rights are given up before anything is read`(job: Job) throws {
    let folder = try Self.folder()
    let job = job.placed(in: folder.path)
    let calls = try Trace(of: job.arguments).calls
    let own = calls.filter { $0.process == calls.first?.process }
    let confined = try #require(
      own.firstIndex { $0.name == "prctl" && $0.arguments.hasPrefix("PR_SET_SECCOMP") })
    // Threads are made later, and have the rights of the first.
    let opened = calls.filter { $0.name == "openat" }
    for place in ["/proc/sys/net", "/etc/sysctl"] + job.inputs {
      let early = own[..<confined].filter { $0.name == "openat" && $0.text.hasPrefix(place) }
      #expect(early.isEmpty)
    }
    for input in job.inputs {
      #expect(opened.contains { $0.text == input }, "\(input) was not read")
    }
  }

  @Test func `confinement: the report says what was given up`() throws {
    let confinement = try Run.tool("advise", "--no-measure", "--json").json["confinement"]
    #expect(confinement["no_new_privs"].bool == true)
    #expect(confinement["seccomp"].bool == true)
    #expect(confinement["rights"].array.map(\.string) == ["inspect-processes"])
    let kept = confinement["capabilities_kept"].array.compactMap(\.string)
    #expect(Set(kept).isSubset(of: ["CAP_DAC_READ_SEARCH", "CAP_SYS_PTRACE"]))
    if geteuid() == 0 {
      let dropped = confinement["capabilities_dropped"].array.compactMap(\.string)
      #expect(!dropped.isEmpty || kept.isEmpty)
    }
    let ofCapture = try Run.tool("advise", "--from", Machine.stock, "--json").json["confinement"]
    #expect(ofCapture["rights"].array.isEmpty)
  }
}
