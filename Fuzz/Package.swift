// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
  name: "Fuzz",
  platforms: [.macOS(.v26)],
  dependencies: [.package(name: "swift-spiking", path: "..")],
  targets: [
    // Runs the command `spiking` that was built before; needs nothing of the package.
    .executableTarget(name: "Drivers", swiftSettings: settings),
    // libFuzzer brings `main`: builds with `--sanitize fuzzer` only. `make fuzz` does.
    .executableTarget(
      name: "Readers", dependencies: [.product(name: "Spiking", package: "swift-spiking")],
      swiftSettings: settings),
  ]
)
