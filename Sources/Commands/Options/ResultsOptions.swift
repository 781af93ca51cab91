internal import ArgumentParser

/// A folder of results with figures.
struct ResultsOptions: ParsableArguments {
  @OptionGroup var replacement: ReplacementOptions
  @Flag(help: "Draw no figures.")
  var noFigures = false
  @Option(
    name: .shortAndLong, help: ArgumentHelp("The folder to write.", valueName: "DIR"),
    completion: .directory)
  var output: String

  func validate() throws { try requireFolder(output) }
}
