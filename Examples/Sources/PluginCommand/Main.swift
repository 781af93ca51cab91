import ExamplePlugins
import SpikingCommands

/// The command `spiking`, which also knows the model and the stimulus of this package.
@main
struct Main {
  static func main() async {
    var catalogue = Catalogue.standard
    catalogue.models.append(QuadraticLNP())
    catalogue.stimuli.append(ChirpStimulus())
    await SpikingCommand.run(with: catalogue)
  }
}
