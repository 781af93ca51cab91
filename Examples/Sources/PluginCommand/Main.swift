import ExamplePlugins
import SpikingCommands

/// The command `spiking`, which also knows the types of this package: each is registered once.
@main
struct Main {
  static func main() {
    var catalogue = Catalogue.standard
    catalogue.models.append(QuadraticLNP())
    catalogue.models.append(LeakyNeurons())
    catalogue.nonlinearities.append(Quadratic())
    catalogue.emissions.append(GeometricEmission())
    catalogue.filters.append(BoxFilter())
    catalogue.bases.append(TriangleBasis())
    catalogue.stimuli.append(ChirpStimulus())
    catalogue.statistics.append(BurstFraction())
    catalogue.subcommands.append(CountCommand.self)
    SpikingCommand.run(with: catalogue)
  }
}
