import SpikingCommands

/// The command `spiking` with the types of this package. A package with plugins of its own builds
/// the same with a larger catalogue.
@main
struct Main {
  static func main() {
    SpikingCommand.run(with: .standard)
  }
}
