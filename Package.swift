// swift-tools-version: 6.2
import PackageDescription

// Warnings are errors for the project's own checks only: a newer compiler must not break a user's build.
let isStrict = Context.environment["TCPADVISOR_STRICT"] == "1"
// libFuzzer is part of clang's runtime: what needs it is there for `make fuzz` alone.
let isFuzzed = Context.environment["TCPADVISOR_FUZZER"] == "1"

let strict: [SwiftSetting] =
  [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ] + (isStrict ? [.treatAllWarnings(as: .error)] : [])
/// For the modules that compute and do no I/O: a pointer there does not compile.
let pure: [SwiftSetting] = strict + [.strictMemorySafety()]

let fuzzers: [Target] = [
  .systemLibrary(name: "CFuzzer", path: "Tests/CFuzzer"),
  .executableTarget(
    name: "Fuzzer", dependencies: ["CFuzzer", "Fuzzing"], path: "Tests/Fuzzer",
    swiftSettings: strict),
]

let package = Package(
  name: "tcpadvisor",
  products: [.executable(name: "tcpadvisor", targets: ["tcpadvisor"])]
    + (isFuzzed ? [.executable(name: "fuzzer", targets: ["Fuzzer"])] : []),
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2")
  ],
  targets: [
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .target(name: "CLinux"),
    .target(name: "CEmbedded"),

    .target(name: "NetAddress", swiftSettings: pure),
    .target(name: "TCPModel", dependencies: ["NetAddress"], swiftSettings: pure),
    .target(name: "Observations", dependencies: ["NetAddress", "TCPModel"], swiftSettings: pure),
    .target(name: "SysctlFiles", dependencies: ["TCPModel"], swiftSettings: pure),
    .target(
      name: "Advisor", dependencies: ["NetAddress", "Observations", "SysctlFiles", "TCPModel"],
      swiftSettings: pure),
    .target(
      name: "Reports",
      dependencies: ["Advisor", "NetAddress", "Observations", "SysctlFiles", "TCPModel"],
      swiftSettings: pure),

    .target(name: "Linux", dependencies: ["CLinux", "NetAddress"], swiftSettings: strict),
    .target(
      name: "Probes",
      dependencies: ["Linux", "NetAddress", "Observations", "SysctlFiles", "TCPModel"],
      swiftSettings: strict),
    .target(
      name: "Laboratory",
      dependencies: ["CEmbedded", "Linux", "NetAddress", "Observations", "Probes", "TCPModel"],
      exclude: ["Facts/Scripts"],
      swiftSettings: strict),
    .target(
      name: "InputFiles",
      dependencies: ["Advisor", "CEmbedded", "CYAML", "NetAddress", "SysctlFiles", "TCPModel"],
      exclude: ["Manual/Pages"],
      swiftSettings: strict),

    .executableTarget(
      name: "tcpadvisor",
      dependencies: [
        "NetAddress",
        "Advisor", "InputFiles", "Laboratory", "Linux", "Observations", "Probes", "Reports",
        "SysctlFiles", "TCPModel",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    .testTarget(
      name: "NetAddressTests", dependencies: ["NetAddress", "Randomness"], swiftSettings: strict),
    .testTarget(
      name: "TCPModelTests", dependencies: ["NetAddress", "Randomness", "TCPModel"],
      resources: [.copy("Fixtures")],
      swiftSettings: strict),
    .testTarget(
      name: "ObservationsTests", dependencies: ["NetAddress", "Observations", "TCPModel"],
      swiftSettings: strict),
    .testTarget(
      name: "SysctlFilesTests",
      dependencies: ["Randomness", "SysctlFiles", "SysctlTrees", "TCPModel", "TemporaryFolders"],
      swiftSettings: strict),
    .testTarget(
      name: "AdvisorTests",
      dependencies: [
        "Advisor", "InputFiles", "NetAddress", "Observations", "Randomness", "SysctlFiles",
        "SysctlTrees", "TCPModel",
      ],
      resources: [.copy("Fixtures")], swiftSettings: strict),
    .testTarget(
      name: "ReportsTests",
      dependencies: [
        "Advisor", "InputFiles", "NetAddress", "Observations", "Reports", "SysctlFiles",
        "SysctlTrees", "TCPModel",
      ],
      resources: [.copy("Snapshots")], swiftSettings: strict),
    .target(name: "ProfileMistakes", path: "Tests/ProfileMistakes", swiftSettings: strict),
    .target(name: "TemporaryFolders", path: "Tests/TemporaryFolders", swiftSettings: strict),
    .target(name: "Randomness", path: "Tests/Randomness", swiftSettings: strict),
    .target(
      name: "SysctlTrees",
      dependencies: [
        "NamespaceTesting", "Randomness", "SysctlFiles", "TCPModel", "TemporaryFolders",
      ],
      path: "Tests/SysctlTrees", swiftSettings: strict),
    .testTarget(
      name: "InputFilesTests",
      dependencies: ["Advisor", "InputFiles", "NetAddress", "ProfileMistakes", "TCPModel"],
      swiftSettings: strict),
    .target(
      name: "Fuzzing",
      dependencies: [
        "Advisor", "InputFiles", "Laboratory", "Linux", "NetAddress", "Observations", "Probes",
        "Reports", "SysctlFiles", "TCPModel",
      ],
      path: "Tests/Fuzzing", swiftSettings: strict),
    .testTarget(name: "FuzzingTests", dependencies: ["Fuzzing"], swiftSettings: strict),
    .target(name: "CSeccomp", path: "Tests/CSeccomp"),
    .target(
      name: "Restrictions", dependencies: ["CSeccomp", "Linux", "NetAddress"],
      path: "Tests/Restrictions", swiftSettings: strict),
    .target(
      name: "NamespaceTesting", dependencies: ["Linux", "NetAddress"],
      path: "Tests/NamespaceTesting",
      swiftSettings: strict),
    .testTarget(
      name: "LinuxTests",
      dependencies: [
        "Linux", "NamespaceTesting", "NetAddress", "Restrictions", "TemporaryFolders",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ProbesTests",
      dependencies: [
        "Linux", "NamespaceTesting", "NetAddress", "Observations", "Probes", "Restrictions",
        "SysctlFiles", "TCPModel", "TemporaryFolders",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "LaboratoryTests",
      dependencies: [
        "Advisor", "InputFiles", "Laboratory", "Linux", "NamespaceTesting", "NetAddress",
        "Observations", "Probes", "Randomness", "TCPModel", "TemporaryFolders",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "CommandLineTests",
      dependencies: [
        "Advisor", "InputFiles", "NamespaceTesting", "NetAddress", "Observations",
        "Probes", "ProfileMistakes", "Randomness", "SysctlFiles", "SysctlTrees", "TCPModel",
        "TemporaryFolders", "tcpadvisor",
      ],
      exclude: ["Released"], resources: [.copy("Fixtures")], swiftSettings: strict),
  ] + (isFuzzed ? fuzzers : []),
  swiftLanguageModes: [.v6]
)
