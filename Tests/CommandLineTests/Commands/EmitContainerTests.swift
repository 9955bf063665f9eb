import Foundation
import TemporaryFolders
import Testing

/// What is emitted for containers and clouds, read and set by the programs that it is for.
struct EmitContainerTests {
  /// Each target with the keys that its platform takes of the hostile profile, nil for all, and the
  /// module of Python that reads it.
  private static let readers: [(target: String, keys: Set<String>?, module: String)] = [
    ("saptune", nil, "yaml"), ("docker-run", nil, "yaml"), ("podman-run", nil, "yaml"),
    ("compose", nil, "yaml"), ("kubernetes-pod", nil, "yaml"), ("cni-tuning", nil, "yaml"),
    ("kubernetes-terraform", nil, "hcl2"), ("crio", nil, "tomllib"), ("ecs", nil, "yaml"),
    ("eks-nodeadm", nil, "yaml"), ("aks", keepalive.union([finTimeout]), "yaml"),
    ("aks-terraform", keepalive.union([finTimeout]), "hcl2"),
    ("gke", ["net.ipv4.tcp_rmem"], "yaml"), ("gke-terraform", ["net.ipv4.tcp_rmem"], "hcl2"),
    ("bottlerocket", nil, "tomllib"), ("talos", nil, "yaml"), ("talos-machine", nil, "yaml"),
    ("openshift-tuned", nil, "yaml"),
  ]
  private static let keepalive = Set(
    ["time", "intvl", "probes"].map { "net.ipv4.tcp_keepalive_\($0)" })
  private static let finTimeout = "net.ipv4.tcp_fin_timeout"

  @Test(.enabled("no PyYAML here") { EmittedTargets.hasYAML }, arguments: readers)
  func `emit: what a platform is told is what the drop-in sets, as far as it goes`(
    target: String, keys: Set<String>?, module: String
  ) throws {
    guard EmittedTargets.hasModule(module) else {
      print("skipped: no \(module) for Python here")
      return
    }
    let all = try EmittedTargets.values(
      "sysctl", in: EmittedTargets.emitted(["sysctl"], hostile: true))
    #expect(all.count == 5)
    let folder = try EmittedTargets.emitted([target], hostile: true, code: keys == nil ? 0 : 1)
    let found = try EmittedTargets.values(target, in: folder)
    #expect(found == all.filter { keys?.contains($0.key) ?? true })
  }

  /// What reads a file, below the folder of all files; `$peers` is where those of PyPI are.
  private static let checks: [(target: String, program: String, command: String)] = [
    ("docker-run", "shellcheck", "shellcheck *.sh"),
    ("podman-run", "shellcheck", "shellcheck *.sh"),
    (
      "compose", "docker-compose",
      "sed 's/^  app:/&\\n    image: x/' *.yaml >all && docker-compose -f all config -q"
    ),
    (
      "compose", "\(EmittedTargets.peers)/check-jsonschema",
      "$peers/check-jsonschema --builtin-schema vendor.compose-spec *.compose.yaml"
    ),
    (
      "kubernetes-pod", "\(EmittedTargets.peers)/kubernetes-validate",
      """
      { printf 'apiVersion: v1\\nkind: Pod\\nmetadata: { name: x }\\n'; cat *.pod.yaml
        printf '  containers: [{ name: x, image: x }]\\n'; } >pod.yaml
      for version in 1.29 1.37; do
        $peers/kubernetes-validate --strict -k $version pod.yaml || exit 1
      done
      """
    ),
    (
      "ecs", "\(EmittedTargets.peers)/cfn-lint",
      """
      cat *.ecs.json | $peers/python3 -c '
      import json, sys
      container = dict(json.load(sys.stdin), Name="x", Image="x")
      container["SystemControls"] = [
          {"Namespace": c["namespace"], "Value": c["value"]} for c in container.pop("systemControls")]
      task = {"Type": "AWS::ECS::TaskDefinition", "Properties": {
          "Family": "x", "Memory": "64", "ContainerDefinitions": [container]}}
      json.dump({"Resources": {"Task": task}}, sys.stdout)' >template.json &&
        $peers/cfn-lint template.json
      """
    ),
  ]

  @Test(arguments: checks)
  func `emit: programs that check files for containers find nothing wrong`(
    target: String, program: String, command: String
  ) throws {
    guard EmittedTargets.has(program) else { return }
    let folder = try EmittedTargets.emitted([target], hostile: true)
    let run = try Run(
      ["/bin/sh", "-c", "peers=\(EmittedTargets.peers)\n\(command)"], in: "\(folder.path)/out")
    #expect(run.code == 0, "\(target): \(run.output)\(run.complaint)")
  }

  /// What sets the values in a namespace of its own, and what each step says.
  private static let steps: [(target: String, program: String, lines: [String])] = [
    (
      "cni-tuning", "/usr/lib/cni/tuning",
      ["ADD 0: 180,4096 131072 6291456", "CHECK 0", "CHECK 1"]
    ),
    ("docker-run", "runc", ["inside: 180,4096 131072 6291456"]),
    ("podman-run", "runc", ["inside: 180,4096 131072 6291456"]),
  ]

  @Test(.enabled("only root may mount") { EmittedTargets.canMount }, arguments: steps)
  func `emit: a network namespace gets the values, and a drift is seen`(
    target: String, program: String, lines: [String]
  ) throws {
    guard EmittedTargets.has(program), EmittedTargets.has("/bin/busybox") else { return }
    let folder = try EmittedTargets.emitted([target], hostile: true)
    let script = Machine.fixture("emitted/container.sh")
    let run = try Run(
      ["/usr/bin/env", "unshare", "-mn", "sh", script, target, "\(folder.path)/out"])
    #expect(run.lines.dropLast().map(String.init) == lines, "\(run.output)\(run.complaint)")
  }

  @Test func `emit: what a platform does not take is said, with seconds and another way`() throws {
    let folder = try TemporaryFolder([
      "p.yaml": """
      schema: 1
      name: p
      levers: [sysctl]
      connections:
        - name: pool
          sets: { SO_KEEPALIVE: 1 }
          objectives: { idle: { within: 70s, survive: 10s }, send: { within: 3min } }
      """
    ])
    let run = try Run.tool(
      ["emit", "aks", "--profile", "p.yaml", "--kernel", "6.18", "--json"], in: folder.path)
    #expect(run.code == 1)
    let answer = try run.json
    let text = try JSON(parsingOther: try #require(answer["text"].string))["sysctls"]
    #expect(text["netIpv4TcpkeepaliveIntvl"].number == 10)
    #expect(text["netIpv4TcpKeepaliveTime"].number == 30)
    #expect(text["netIpv4TcpKeepaliveProbes"].number == 3)
    let unmet = answer["unmet"].array.compactMap(\.["text"].string)
    #expect(unmet.count == 1)
    for part in [
      "pool: send within 3 min: ends after 15 min 37 s", "AKS has no net.ipv4.tcp_retries2",
      "which the kubelet must allow (--kubelet-config)", "TCP_USER_TIMEOUT", "as planned: 10",
    ] { #expect(unmet.first?.contains(part) == true, "\(part): \(unmet)") }
    let remarks = answer["remarks"].array.compactMap(\.["text"].string)
    #expect(remarks.contains { $0.contains("from 10 to 90 (planned: 3, set: 10)") }, "\(remarks)")
    for text in unmet + remarks {
      let plain = try Run.tool(
        ["emit", "aks", "--profile", "p.yaml", "--kernel", "6.18"], in: folder.path)
      #expect(plain.complaint.contains(text))
    }
    let pod = try Run.tool(
      ["emit", "kubernetes-pod", "--profile", "p.yaml", "--kernel", "6.18", "--output-dir", "out"],
      in: folder.path)
    #expect(pod.code == 0 && pod.complaint.isEmpty, "\(pod.complaint)")
    #expect(try folder.text("out/p.kubelet.yaml").contains("  - \"net.ipv4.tcp_retries2\"\n"))
  }
}
