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

/// A library of the system as the module `C<Name>`, which pkg-config knows by another name.
func library(_ name: String, _ pkgConfig: String, apt: String, brew: String) -> Target {
  .systemLibrary(
    name: "C\(name)", path: "Sources/C\(name)", pkgConfig: pkgConfig,
    providers: [.apt([apt]), .brew([brew])])
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

/// `FilePath`, which Apple's systems have of their own.
let systemPackage = Target.Dependency.product(
  name: "SystemPackage", package: "swift-system", condition: .when(platforms: [.linux]))

/// What needs HDF5 or matio is there with the traits that need them.
let withHDF5 = TargetDependencyCondition.when(traits: ["HDF5"])
let withMatio = TargetDependencyCondition.when(traits: ["MATLAB"])

let package = Package(
  name: "swift-spiking",
  platforms: [.macOS(.v26)],
  products: [
    .library(name: "Spiking", targets: ["Spiking"]),
    // For plugins that need no more: it needs no C library.
    .library(name: "SpikingFramework", targets: ["SpikingFramework"]),
    .library(name: "SpikingCommands", targets: ["SpikingCommands"]),
    .library(name: "SpikingTestSupport", targets: ["SpikingTestSupport"]),
    .executable(name: "spiking", targets: ["SpikingExecutable"]),
  ],
  traits: [
    .trait(
      name: "HDF5",
      description:
        "NWB files are read and written, and those of MATLAB 7.3 read; needs the library HDF5."),
    .trait(
      name: "MATLAB", description: "MATLAB files up to version 7 are read; needs the library matio."
    ),
    .default(enabledTraits: ["HDF5", "MATLAB"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    .package(url: "https://github.com/apple/swift-system", from: "1.4.0"),
  ],
  targets: [
    // C libraries, each with one importer; pkg-config says where they are. OpenBLAS's module map links
    // it before the slower BLAS that gsl.pc names.
    library("GSL", "gsl", apt: "libgsl-dev", brew: "gsl"),
    library("OpenBLAS", "openblas", apt: "libopenblas-dev", brew: "openblas"),
    library("Zip", "libzip", apt: "libzip-dev", brew: "libzip"),
    library("HDF5", "hdf5", apt: "libhdf5-dev", brew: "hdf5"),
    library("Matio", "matio", apt: "libmatio-dev", brew: "libmatio"),
    // HDF5 and matio run in processes of their own: no Swift calls them.
    .target(
      name: "CFileLibraries",
      dependencies: [
        .target(name: "CHDF5", condition: withHDF5), .target(name: "CMatio", condition: withMatio),
      ],
      path: "Sources/CFileLibraries",
      cSettings: [
        .define("SPIKING_HDF5", .when(traits: ["HDF5"])),
        .define("SPIKING_MATIO", .when(traits: ["MATLAB"])),
      ],
      linkerSettings: [
        .linkedLibrary("hdf5", .when(traits: ["HDF5"])),
        .linkedLibrary("matio", .when(traits: ["MATLAB"])),
      ]),
    .target(name: "CKernels", path: "Sources/CKernels"),

    module("Framework"),
    module("Files", ["SpikingFramework", systemPackage]),
    module("Recordings", ["SpikingFramework"]),
    module("Numerics", ["SpikingFramework", "CGSL", "COpenBLAS", "CKernels"]),
    module("Nonlinearities", ["SpikingFramework", "SpikingNumerics"]),
    module("Generators", ["SpikingFramework", "SpikingNumerics"]),
    module("Stimuli", ["SpikingFramework", "SpikingNumerics"]),
    module(
      "Models", ["SpikingFramework", "SpikingNumerics", "SpikingNonlinearities", "CKernels"]),
    module("Analysis", ["SpikingFramework", "SpikingNumerics"]),
    module("Tuning", ["SpikingFramework", "SpikingNumerics"]),
    module(
      "Fitting",
      [
        "SpikingFramework", "SpikingRecordings", "SpikingNumerics", "SpikingNonlinearities",
        "SpikingModels", "SpikingAnalysis", "CKernels",
      ]),
    module(
      "Catalogue",
      [
        "SpikingFramework", "SpikingNonlinearities", "SpikingGenerators", "SpikingStimuli",
        "SpikingModels", "SpikingAnalysis", "SpikingFitting",
      ]),
    module(
      "Formats",
      [
        "SpikingFramework", "SpikingFiles", "SpikingRecordings", "SpikingNumerics", "SpikingModels",
        "SpikingFitting", "SpikingCatalogue", "CZip", "CFileLibraries",
      ]),
    module("Figures", ["SpikingFramework", "SpikingFiles", "SpikingAnalysis"]),
    .target(
      name: "Spiking",
      dependencies: [
        "SpikingFramework", "SpikingFiles", "SpikingRecordings", "SpikingNumerics",
        "SpikingNonlinearities", "SpikingGenerators", "SpikingStimuli", "SpikingModels",
        "SpikingAnalysis", "SpikingTuning",
        "SpikingFitting", "SpikingCatalogue", "SpikingFormats", "SpikingFigures",
      ],
      path: "Sources/Spiking", swiftSettings: settings),
    module("Commands", ["Spiking", argumentParser]),
    .executableTarget(
      name: "SpikingExecutable", dependencies: ["SpikingCommands"], path: "Sources/Executable",
      swiftSettings: settings),
    module("TestSupport", ["SpikingFramework", "SpikingModels", "SpikingFitting"]),

    // What the tests of several modules share.
    .target(
      name: "SpikingTestCases", dependencies: ["Spiking", "SpikingTestSupport"],
      path: "Tests/Support",
      swiftSettings: settings),
    tests("Framework"),
    tests("Files"),
    tests("Recordings"),
    tests("Numerics", ["CKernels"]),
    tests("Nonlinearities"),
    tests("Generators"),
    tests("Stimuli"),
    tests("Models"),
    tests("Analysis"),
    tests("Tuning"),
    tests("Catalogue"),
    tests("Fitting"),
    tests("Formats", [systemPackage]),
    tests("Figures"),
    tests("Commands"),
  ]
)
