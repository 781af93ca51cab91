// swift-tools-version: 6.2
import PackageDescription

/// One setting for every Swift target: the language modes that keep the public surface explicit.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// A library target `Spiking<Folder>` in `Sources/<Folder>`.
func module(_ folder: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(
    name: "Spiking\(folder)", dependencies: dependencies, path: "Sources/\(folder)",
    swiftSettings: settings)
}

/// The tests of `Sources/<Folder>` in `Tests/<Folder>`.
func tests(_ folder: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: "Spiking\(folder)Tests",
    dependencies: ["Spiking", "SpikingTestSupport", "SpikingTestCases", "SpikingExecutable"]
      + dependencies,
    path: "Tests/\(folder)", swiftSettings: settings)
}

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "swift-spiking",
  platforms: [.macOS(.v26)],
  products: [
    .library(name: "Spiking", targets: ["Spiking"]),
    .library(name: "SpikingCommands", targets: ["SpikingCommands"]),
    .library(name: "SpikingTestSupport", targets: ["SpikingTestSupport"]),
    .executable(name: "spiking", targets: ["SpikingExecutable"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0")
  ],
  targets: [
    // C libraries, each with one importer: SpikingNumerics or SpikingFormats.
    .systemLibrary(
      name: "CGSL", path: "Sources/CGSL",
      providers: [.apt(["libgsl-dev", "libopenblas-dev"]), .brew(["gsl", "openblas"])]),
    .systemLibrary(
      name: "CZip", path: "Sources/CZip",
      providers: [.apt(["libzip-dev"]), .brew(["libzip"])]),
    // HDF5 (libhdf5-dev) runs in processes of its own: no Swift calls it.
    .target(
      name: "CHDF5Reader", path: "Sources/CHDF5Reader",
      linkerSettings: [
        .linkedLibrary("hdf5_serial", .when(platforms: [.linux])),
        .linkedLibrary("hdf5", .when(platforms: [.macOS])),
      ]),
    .target(name: "CKernels", path: "Sources/CKernels"),

    module("Framework"),
    module("Files", ["SpikingFramework"]),
    module("Numerics", ["SpikingFramework", "CGSL", "CKernels"]),
    module("Nonlinearities", ["SpikingFramework", "SpikingNumerics"]),
    module("Generators", ["SpikingFramework", "SpikingNumerics"]),
    module("Stimuli", ["SpikingFramework", "SpikingNumerics"]),
    module(
      "Models",
      [
        "SpikingFramework", "SpikingNumerics", "SpikingNonlinearities", "SpikingStimuli",
        "CKernels",
      ]),
    module("Analysis", ["SpikingFramework", "SpikingNumerics"]),
    module(
      "Fitting",
      [
        "SpikingFramework", "SpikingNumerics", "SpikingNonlinearities", "SpikingModels",
        "SpikingAnalysis", "CKernels",
      ]),
    module(
      "Formats",
      [
        "SpikingFramework", "SpikingFiles", "SpikingNumerics", "SpikingFitting", "CZip",
        "CHDF5Reader",
      ]),
    module("Figures", ["SpikingFramework", "SpikingFiles", "SpikingAnalysis"]),
    .target(
      name: "Spiking",
      dependencies: [
        "SpikingFramework", "SpikingFiles", "SpikingNumerics", "SpikingNonlinearities",
        "SpikingGenerators", "SpikingStimuli", "SpikingModels", "SpikingAnalysis", "SpikingFitting",
        "SpikingFormats", "SpikingFigures",
      ],
      path: "Sources/Spiking", swiftSettings: settings),
    module("Commands", ["Spiking", argumentParser]),
    .executableTarget(
      name: "SpikingExecutable", dependencies: ["SpikingCommands"], path: "Sources/Executable",
      swiftSettings: settings),
    module("TestSupport", ["SpikingFramework", "SpikingModels"]),

    // What the tests of several modules share.
    .target(
      name: "SpikingTestCases", dependencies: ["Spiking", "SpikingTestSupport"],
      path: "Tests/Support",
      swiftSettings: settings),
    tests("Framework"),
    tests("Files"),
    tests("Numerics", ["CKernels"]),
    tests("Nonlinearities"),
    tests("Generators"),
    tests("Stimuli"),
    tests("Models"),
    tests("Analysis"),
    tests("Fitting"),
    tests("Formats"),
    tests("Figures"),
    tests("Commands"),
  ]
)
