import Foundation
import TemporaryFolders
import Testing

/// Nothing that comes from outside gets through: files that are linted, trees of sysctl files, captured
/// trees, grids, and rules of fleets.
@Suite(.serialized, Machine.needs("python3")) struct HostileFileTests {
  @Test(arguments: HostileWords.allCases)
  func `nothing passes: files that are linted, and their names`(words: HostileWords) throws {
    let outputs = try HostileOutputs()
    let name = words.text.replacing("/", with: "").prefix(40)
    var files = HostileFiles.linted.mapValues { $0.replacing("EVIL", with: words.text) }
    // A line break ends a line of these files: the same with a text that stays on its line.
    let line = words.text.replacing("\n", with: " ")
    files.merge(HostileFiles.linted.map { ("line-\($0)", $1.replacing("EVIL", with: line)) }) { $1 }
    for (file, text) in HostileFiles.linted { files["\(name)/\(file)"] = text }
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
    let text = HostileFiles.linted["sysctl.conf"]?.replacing("EVIL", with: words.text) ?? ""
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
