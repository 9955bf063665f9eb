// swift-tools-version: 6.2
import PackageDescription

// Warnings are errors for the project's own checks only: a newer compiler must not break a user's build.
let isStrict = Context.environment["TCPADVISOR_STRICT"] == "1"

let strict: [SwiftSetting] =
  [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ] + (isStrict ? [.treatAllWarnings(as: .error)] : [])
/// For what goes into the program: the module of regular expressions is a megabyte, and one
/// `contains("text")` or `firstRange(of:)` brings it in.
let lean: [SwiftSetting] =
  strict + [.unsafeFlags(["-Xfrontend", "-disable-implicit-string-processing-module-import"])]
/// For the modules that compute and do no I/O: a pointer there does not compile.
let pure: [SwiftSetting] = lean + [.strictMemorySafety()]
/// For the modules that do no long computation: small beats fast.
let small: [SwiftSetting] = [.unsafeFlags(["-Osize"], .when(configuration: .release))]

let package = Package(
  name: "tcpadvisor",
  products: [.executable(name: "tcpadvisor", targets: ["tcpadvisor"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .target(name: "CLinux"),
    .target(name: "CNoFoundation"),
    .target(name: "CEmbedded"),

    .target(name: "TCPModel", swiftSettings: pure),
    .target(name: "Observations", dependencies: ["TCPModel"], swiftSettings: pure),
    .target(name: "SysctlFiles", dependencies: ["TCPModel"], swiftSettings: pure),
    .target(name: "Advisor", dependencies: ["Observations", "TCPModel"], swiftSettings: pure),
    .target(
      name: "Reports", dependencies: ["Advisor", "Observations", "TCPModel"],
      swiftSettings: pure + small),

    .target(name: "Linux", dependencies: ["CLinux"], swiftSettings: lean + small),
    .target(
      name: "Probes", dependencies: ["Linux", "Observations", "TCPModel"],
      swiftSettings: lean),
    .target(
      name: "Laboratory", dependencies: ["Linux", "Observations", "Probes", "TCPModel"],
      swiftSettings: lean + small),
    .target(
      name: "InputFiles", dependencies: ["CYAML", "CEmbedded", "Advisor", "TCPModel"],
      swiftSettings: lean + small),

    .executableTarget(
      name: "tcpadvisor",
      dependencies: [
        "Advisor", "CNoFoundation", "InputFiles", "Laboratory", "Linux", "Observations", "Probes",
        "Reports", "TCPModel", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: lean + small),

    .testTarget(
      name: "TCPModelTests", dependencies: ["Randomness", "TCPModel"],
      resources: [.copy("Fixtures")],
      swiftSettings: strict),
    .testTarget(
      name: "ObservationsTests", dependencies: ["Observations", "TCPModel"], swiftSettings: strict),
    .testTarget(
      name: "SysctlFilesTests", dependencies: ["Randomness", "SysctlFiles", "TCPModel"],
      swiftSettings: strict),
    .testTarget(
      name: "AdvisorTests", dependencies: ["Advisor", "Observations", "Randomness", "TCPModel"],
      swiftSettings: strict),
    .testTarget(
      name: "ReportsTests", dependencies: ["Advisor", "Observations", "Reports", "TCPModel"],
      resources: [.copy("Snapshots")], swiftSettings: strict),
    .target(name: "ProfileMistakes", path: "Tests/ProfileMistakes", swiftSettings: strict),
    .target(name: "TemporaryFolders", path: "Tests/TemporaryFolders", swiftSettings: strict),
    .target(name: "Randomness", path: "Tests/Randomness", swiftSettings: strict),
    .testTarget(
      name: "InputFilesTests",
      dependencies: ["Advisor", "ProfileMistakes", "InputFiles", "TCPModel"],
      swiftSettings: strict),
    .target(name: "CSeccomp", path: "Tests/CSeccomp"),
    .target(
      name: "NamespaceTesting", dependencies: ["Linux"], path: "Tests/NamespaceTesting",
      swiftSettings: strict),
    .testTarget(
      name: "LinuxTests", dependencies: ["Linux", "NamespaceTesting", "TemporaryFolders"],
      swiftSettings: strict),
    .testTarget(
      name: "ProbesTests",
      dependencies: [
        "CSeccomp", "Linux", "NamespaceTesting", "Observations", "Probes", "TCPModel",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "LaboratoryTests",
      dependencies: [
        "Advisor", "InputFiles", "Laboratory", "Linux", "NamespaceTesting", "Observations",
        "Probes",
        "Randomness", "TCPModel", "TemporaryFolders",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "CommandLineTests",
      dependencies: ["InputFiles", "Observations", "ProfileMistakes", "TCPModel", "tcpadvisor"],
      resources: [.copy("Fixtures")], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
