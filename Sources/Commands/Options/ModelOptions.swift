internal import ArgumentParser
internal import Spiking

/// A model and the networks it runs on.
struct ModelOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("A model by name, or a JSON file.", valueName: "NAME|FILE.json"),
    completion: .names({ $0.names(.model) }, orFiles: ["json"]))
  var model: String
  @OptionGroup var parameters: ParameterOptions
  @Option(
    help: ArgumentHelp(
      "A network (.npy, .npz, .csv, .txt), or a folder of .npy.", valueName: "FILE|DIR"),
    completion: .networkFile)
  var networks: String

  /// The model with the parameters that are set.
  func loadModel() throws(SpikingError) -> any SpikingModel {
    try ModelChoice.load(model, parameters)
  }
}
