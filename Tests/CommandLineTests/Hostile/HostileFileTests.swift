import Foundation
import TemporaryFolders
import Testing

/// Nothing that comes from outside gets through: files that are linted, trees of sysctl files, captured
/// trees, grids, and rules of fleets.
@Suite(.serialized, Machine.needs("python3")) struct HostileFileTests {
  /// Files of each reader of `lint`; EVIL is replaced.
  private static let linted = [
    "sysctl.conf": """
    # EVIL
    net.ipv4.EVIL = 1
    net.ipv4.tcp_retries2 = EVIL
    net.ipv4.tcp_syn_retries = 3 # EVIL
    -EVIL=EVIL
    EVIL
    net.ipv4.tcp_fin_timeout = 5 # tcpadvisor: ignore TA029 EVIL
    net.ipv4.tcp_fin_timeout = 5 # tcpadvisor: ignore EVIL
    """,
    "pod.yaml": """
    apiVersion: v1
    kind: Pod
    metadata: {name: "EVIL"}
    spec:
      securityContext:
        sysctls:
        - {name: "net.ipv4.EVIL", value: "EVIL"}
        - {name: net.ipv4.tcp_retries2, value: "EVIL"}
    """,
    "compose.yaml":
      "services: {\"EVIL\": {sysctls: {\"net.ipv4.EVIL\": \"EVIL\", net.ipv4.tcp_retries2: \"EVIL\"}}}\n",
    "playbook.yaml": """
    - hosts: all
      tasks:
      - name: "EVIL"
        ansible.posix.sysctl: {name: "net.ipv4.EVIL", value: "EVIL"}
    """,
    "template.yaml.j2": "a: {{ EVIL }}\nsysctls: {\"net.ipv4.EVIL\": \"EVIL\"}\n",
    "module.nix":
      "{ boot.kernel.sysctl = { \"net.ipv4.EVIL\" = \"EVIL\"; \"net.ipv4.tcp_retries2\" = \"EVIL\"; }; }\n",
    "script.sh":
      "#!/bin/sh\nsysctl -w net.ipv4.EVIL=EVIL\nsysctl -w \"net.ipv4.tcp_retries2=EVIL\"\n",
    "tuned.conf":
      "[main]\nsummary=EVIL\n[sysctl]\nnet.ipv4.EVIL=EVIL\nnet.ipv4.tcp_retries2=EVIL\n",
    "nginx.conf":
      "http {\n  EVIL EVIL;\n  keepalive_timeout EVIL;\n  listen 80 so_keepalive=EVIL;\n}\n",
    "haproxy.cfg": "defaults\n  timeout connect EVIL\n  EVIL EVIL\n  timeout EVIL 1s\n",
    "postgresql.conf": "tcp_keepalives_idle = EVIL\nEVIL = EVIL\ntcp_keepalives_EVIL = 1\n",
    "sshd_config": "ClientAliveInterval EVIL\nEVIL EVIL\nTCPKeepAliv EVIL\n",
    "redis.conf": "tcp-keepalive EVIL\nEVIL EVIL\ntcp-keepalives EVIL\n",
    "envoy.yaml":
      "static_resources: {clusters: [{name: \"EVIL\", connect_timeout: \"EVIL\", \"EVIL\": 1}]}\n",
    "advanced.config":
      "[{rabbit, [{tcp_listen_options, [{keepalive, 'EVIL'}, {\"EVIL\", 1}]}]}].\n",
    "my.cnf": "[mysqld]\nwait_timeout=EVIL\nEVIL=EVIL\n",
  ]

  @Test(arguments: HostileWords.allCases)
  func `nothing passes: files that are linted, and their names`(words: HostileWords) throws {
    let outputs = try HostileOutputs()
    let name = words.text.replacing("/", with: "").prefix(40)
    var files = Self.linted.mapValues { $0.replacing("EVIL", with: words.text) }
    // A line break ends a line of these files: the same with a text that stays on its line.
    let line = words.text.replacing("\n", with: " ")
    files.merge(Self.linted.map { ("line-\($0)", $1.replacing("EVIL", with: line)) }) { $1 }
    for (file, text) in Self.linted { files["\(name)/\(file)"] = text }
    let folder = try TemporaryFolder(files)
    for way in HostileFormats.lint {
      try outputs.run(["lint", "."] + way.words, as: way.format, in: folder.path)
      try outputs.run(["lint"] + files.keys.sorted() + way.words, as: way.format, in: folder.path)
    }
    try outputs.run(["lint", "--fix"] + files.keys.sorted(), as: "diff", in: folder.path)
    for program in [
      "nginx", "haproxy", "postgresql", "sshd", "redis", "envoy", "rabbitmq", "kafka",
    ] {
      for way in HostileFormats.lint {
        try outputs.run(
          ["lint", "--as", program, "sysctl.conf", "pod.yaml"] + way.words, as: way.format,
          in: folder.path)
      }
    }
    try outputs.expectHarmless()
  }

  @Test(arguments: HostileWords.allCases)
  func `nothing passes: sysctl files of an image, and of a captured tree`(words: HostileWords)
    throws
  {
    let outputs = try HostileOutputs()
    let text = Self.linted["sysctl.conf"]?.replacing("EVIL", with: words.text) ?? ""
    let file = "\(words.text.replacing("/", with: "").prefix(60)).conf"
    let folder = try TemporaryFolder([
      "root/etc/sysctl.conf": text, "root/etc/sysctl.d/\(file)": text,
      "root/usr/lib/sysctl.d/\(file)": text, "root/etc/tuned/active_profile": words.text,
      "root/etc/os-release": "NAME=\"\(words.text)\"\nVERSION_ID=\"\(words.text)\"\n",
      "root/etc/default/ufw": "IPT_SYSCTL=\(words.text)\n",
      "proc/sys/kernel/osrelease": "6.18\(words.text)\n",
      "proc/sys/net/ipv4/tcp_retries2": "15\(words.text)\n",
      "proc/sys/net/ipv4/tcp_syn_retries": words.text,
      "proc/sys/net/ipv4/tcp_congestion_control": "\(words.text)\n",
    ])
    for source in [
      ["--root", "\(folder.path)/root"], ["--proc-root", "\(folder.path)/proc"],
      ["--root", "\(folder.path)/root", "--proc-root", "\(folder.path)/proc"],
    ] {
      for way in HostileFormats.answer {
        try outputs.run(["files", "--all"] + source + way.words, as: way.format)
        try outputs.run(["explain", "tcp_retries2"] + source + way.words, as: way.format)
      }
      for way in HostileFormats.check {
        try outputs.run(["check"] + source + way.words, as: way.format)
      }
    }
    for way in HostileFormats.report {
      let source = ["--proc-root", "\(folder.path)/proc"]
      try outputs.run(["advise", "--no-measure"] + source + way.words, as: way.format)
    }
    for way in HostileFormats.lint {
      try outputs.run(["lint", "--root", "\(folder.path)/root"] + way.words, as: way.format)
    }
    try outputs.expectHarmless()
  }

  @Test(arguments: HostileWords.allCases)
  func `nothing passes: a grid, and rules of a fleet`(words: HostileWords) throws {
    let outputs = try HostileOutputs()
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/evil.yaml"
    let documents: [(text: String, command: [String])] = [
      (
        #"{"schema": 1, "cases": [{"scenario": "connect", "family": "ipv4", "sysctls": {"tcp_syn_retries": "1"}, "options": {"TCP_USER_TIMEOUT": "500"}}]}"#,
        ["measure", "--budget", "1ms", "--grid", path]
      ),
      (
        #"{"schema": 1, "groups": {"g": ["h"]}, "rules": [{"hosts": ["*"], "groups": ["g"], "kernels": ["6.18"], "profiles": ["server"]}]}"#,
        ["fleet", Machine.stock, "--rules", path]
      ),
      (
        #"{"g": ["stock-6.18.txt", "h"]}"#,
        ["fleet", Machine.stock, "--by", "group", "--groups", path]
      ),
      (
        #"{"g": {"hosts": ["stock-6.18.txt"], "children": ["c"]}}"#,
        ["fleet", Machine.stock, "--groups", path]
      ),
    ]
    for (text, command) in documents {
      let (all, _) = try HostileDocument(text).variants(of: words.documentText) { text in
        try folder.write("evil.yaml", text)
        return try outputs.run(command, as: "text").code < 2
      }
      try folder.write("evil.yaml", all)
      let ways = command[0] == "fleet" ? HostileFormats.fleet : HostileFormats.measure
      for way in ways { try outputs.run(command + way.words, as: way.format) }
    }
    try outputs.expectHarmless()
  }
}
