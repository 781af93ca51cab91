// swift-tools-version: 6.2
import PackageDescription

/// Plugins as a user would write them: another package, public API only.
let package = Package(
  name: "Examples",
  platforms: [.macOS(.v26)],
  dependencies: [
    .package(name: "swift-spiking", path: ".."),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
  ],
  targets: [
    .target(
      name: "ExamplePlugins",
      dependencies: [.product(name: "Spiking", package: "swift-spiking")]),
    .target(
      name: "Tutorials", dependencies: [.product(name: "Spiking", package: "swift-spiking")]),
    .executableTarget(
      name: "DrawTutorials",
      dependencies: ["Tutorials", .product(name: "Spiking", package: "swift-spiking")]),
    .executableTarget(
      name: "PluginCommand",
      dependencies: [
        "ExamplePlugins", .product(name: "SpikingCommands", package: "swift-spiking"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .testTarget(
      name: "ExampleTests",
      dependencies: [
        "ExamplePlugins", "PluginCommand", "Tutorials",
        .product(name: "SpikingTestSupport", package: "swift-spiking"),
      ],
      path: "Tests"),
  ]
)
