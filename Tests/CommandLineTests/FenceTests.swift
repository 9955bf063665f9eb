import Foundation
import Testing

/// The direction of flow between modules, which no compiler flag holds by itself.
struct FenceTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The modules and everything that each may import.
  private static let allowed: [(module: String, imports: Set<String>)] = [
    ("NetAddress", []),
    ("TCPModel", ["NetAddress"]),
    ("Observations", ["NetAddress", "TCPModel"]),
    ("SysctlFiles", ["NetAddress", "TCPModel"]),
    ("Advisor", ["NetAddress", "Observations", "SysctlFiles", "TCPModel"]),
    ("Reports", ["NetAddress", "Advisor", "Observations", "SysctlFiles", "TCPModel"]),
    ("Linux", ["NetAddress", "CLinux", "Glibc"]),
    ("Probes", ["NetAddress", "Linux", "Observations", "SysctlFiles", "TCPModel"]),
    ("Laboratory", ["CEmbedded", "NetAddress", "Linux", "Observations", "Probes", "TCPModel"]),
    (
      "InputFiles",
      [
        "NetAddress", "CYAML", "CEmbedded", "FoundationEssentials", "Advisor", "SysctlFiles",
        "TCPModel",
      ]
    ),
    (
      "tcpadvisor",
      [
        "Advisor", "ArgumentParser", "Glibc", "InputFiles", "Laboratory", "Linux", "NetAddress",
        "Observations",
        "Probes", "Reports", "SysctlFiles", "TCPModel",
      ]
    ),
  ]

  /// The Swift files below a folder of the package, with their text.
  private static func files(_ folder: String) throws -> [(path: String, text: String)] {
    let top = root.appendingPathComponent(folder)
    let walk = try #require(FileManager.default.enumerator(at: top, includingPropertiesForKeys: []))
    return try walk.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }.map {
      ($0.path, try String(contentsOf: $0, encoding: .utf8))
    }
  }

  private static func imports(_ text: String) -> [String] {
    var isLiteral = false
    return text.split(separator: "\n").compactMap { line in
      // Source code of another language, in a string of several lines.
      if line.ranges(of: #"""""#).count % 2 == 1 { isLiteral.toggle() }
      guard !isLiteral else { return nil }
      let words = line.split(separator: " ")
      guard let at = words.firstIndex(of: "import"), at + 1 < words.count,
        words[..<at].allSatisfy({
          ["package", "private", "internal", "public", "fileprivate"].contains($0)
            || $0.hasPrefix("@")
        })
      else { return nil }
      return String(words[at + 1])
    }
  }

  @Test(arguments: allowed)
  func `fences: a module imports only what it may`(module: String, imports: Set<String>) throws {
    let files = try Self.files("Sources/\(module)")
    #expect(!files.isEmpty)
    for (path, text) in files {
      let strays = Self.imports(text).filter { !imports.contains($0) }
      #expect(strays.isEmpty, "\(path) imports \(strays)")
    }
  }

  @Test func `fences: every module is in the table`() throws {
    let sources = Self.root.appendingPathComponent("Sources").path
    let modules = try FileManager.default.contentsOfDirectory(atPath: sources)
    let swift = modules.filter { !["CLinux", "CYAML", "CEmbedded"].contains($0) }
    #expect(Set(swift) == Set(Self.allowed.map(\.module)))
  }

  @Test func `fences: the fence sees imports of every kind`() {
    let text =
      "import A\npackage import B\n@testable import C\nprivate import D\n// import E\n"
      + "\"\"\"\nimport F\n\"\"\"\nimport G\n"
    #expect(Self.imports(text) == ["A", "B", "C", "D", "G"])
  }

  /// A tool that is run at the top may leave something there.
  @Test func `fences: nothing but what belongs there stands at the top`() throws {
    let allowed: Set = [
      "Benchmarks", "CHANGELOG.md", "LICENSE", "Makefile", "Package.swift", "Packaging", "Profiles",
      "README.md", "Sources", "Tests", "Package.resolved",
    ]
    let top = try FileManager.default.contentsOfDirectory(atPath: Self.root.path)
    let strays = top.filter { !$0.hasPrefix(".") && !allowed.contains($0) }
    #expect(strays.isEmpty, "\(strays)")
  }

  @Test func `fences: no test reaches outside the repository's folder`() throws {
    let files = try Self.files("Tests")
    #expect(files.count > 10)
    // Put together here, else this file would find itself.
    let outside = ["sha" + "red/truth", "sha" + "red/facts", "../sha" + "red", "/work" + "/"]
    for (path, text) in files {
      #expect(!outside.contains { text.contains($0) }, "\(path)")
    }
  }
}
