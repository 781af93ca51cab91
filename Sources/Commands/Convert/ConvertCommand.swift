internal import ArgumentParser
internal import Foundation
internal import Spiking

/// `spiking convert`: networks and spikes from one format to another.
struct ConvertCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert", abstract: "Convert networks and spikes between formats.",
    discussion: """
      A network (.npy, sparse .npz, .pt, .graphml, .csv, .tsv, .txt, .mat) becomes one of .npy, .npz, .pt, .graphml, .csv or \
      .tsv, and a folder of networks a folder of them in another --format; names of neurons and delays go with it where the file has room for them. A connectome of synapse counts becomes a \
      network by its signs and a scale: with --labels and --inhibitory the weights of every neuron \
      whose label matches become negative, and --scale multiplies all of them.

      A recording (.nwb, .npz, .npy, a table of times, or a folder of a sorter) becomes a file of all of it (.npz, .nwb) \
      or a table of times (.csv, .tsv); spikes in bins become events (.npz) or dense counts (.npy). What the file that is \
      written does not hold is said. A square .npy of whole numbers is a network where a .npy is written, and spikes \
      where a .npz is.
      """)

  @Argument(
    help: ArgumentHelp(
      "The file, or the folder of networks or of a sorter, to read.", valueName: "IN"),
    completion: .file(extensions: [
      "npy", "npz", "pt", "graphml", "csv", "tsv", "txt", "nwb", "mat",
    ]))
  var input: String
  @Argument(
    help: ArgumentHelp("The file, or the folder of networks, to write.", valueName: "OUT"),
    completion: .file(extensions: ["npy", "npz", "nwb"]))
  var output: String
  @Option(help: ArgumentHelp("Which array of a .npz is the network.", valueName: "NAME"))
  var array: String?
  @Option(
    help: ArgumentHelp(
      "A label for each neuron: a text file with one a line, or an .npz with names.",
      valueName: "FILE"), completion: .file(extensions: ["txt", "csv", "npz"]))
  var labels: String?
  @Option(
    help: ArgumentHelp(
      "Labels of inhibitory neurons, separated by commas; * stands for any text.",
      valueName: "A,B*"))
  var inhibitory: String?
  @Option(
    parsing: .unconditional, help: "What multiplies all weights. [default: 1]",
    transform: NumberText.real)
  var scale = 1.0
  @Option(
    help: ArgumentHelp(
      "The delays of the network's synapses in bins, or a folder of them with the names of the networks.",
      valueName: "FILE.npy|DIR"),
    completion: .numpyFile)
  var delays: String?
  @Option(
    help: ArgumentHelp(
      "How the networks of a folder are written: npy, npz, pt, graphml or csv. [default: npy]",
      valueName: "FORMAT"), completion: .list(NetworkFormat.allCases.map(\.rawValue)),
    transform: GenerateCommand.format)
  var format: NetworkFormat?
  @Flag(help: "Write a network to a .csv as a matrix with names, not as a list of synapses.")
  var matrix = false
  @OptionGroup var replacement: ReplacementOptions
  @OptionGroup var units: UnitOptions
  @OptionGroup var reading: ReadingOptions

  func validate() throws {
    if (labels == nil) != (inhibitory == nil) {
      throw ValidationError("--labels and --inhibitory belong together")
    }
    if !scale.isFinite {
      throw ValidationError("--scale: found \(scale), expected a finite number")
    }
  }

  func run() async throws {
    let input = try reading.located(input)
    let inputs = [input] + reading.table + [labels, delays].compactMap(\.self)
    if Paths.isFolder(input), !holdsSpikes(input) {
      return report(
        try await FolderConversion(
          format: format ?? .npy, asMatrix: matrix, replacement: replacement,
          networks: ConnectivityFile.list(input).map { ($0.name, conversion(of: $0.path)) }
        ).write(to: output, inputs: inputs))
    }
    if let format {
      throw SpikingError(
        .wrongCommandLine, "--format", found: "\(format) for a file",
        expected: "none: the extension of OUT says how it is written")
    }
    try replacement.check([("OUT", output)], inputs: inputs)
    if array == nil, holdsSpikes(input) {
      guard labels == nil, scale == 1 else {
        throw SpikingError(
          .invalidData, input, found: "spikes",
          expected: "a network, for --labels, --inhibitory and --scale")
      }
      report(try convertSpikes(input))
    } else {
      report(try conversion(of: input).write(to: output, asMatrix: matrix))
    }
  }

  private func report(_ lost: [String]) {
    if !lost.isEmpty { print("\(output) does not hold \(lost.joined(separator: ", "))") }
  }

  private func convertSpikes(_ input: String) throws -> [String] {
    let recording = try units.selected(of: reading.recording(of: input))
    if let trains = recording.bins, output.lowercased().hasSuffix(".npy") {
      try DiskSpace.require(
        Double(trains.neuronCount) * Double(trains.binCount), at: output,
        as: "dense counts take a byte for each of \(trains.neuronCount) neurons and "
          + "\(trains.binCount) bins")
    }
    let unread = recording.notices.filter { [.unreadable, .leftOut].contains($0.kind) }
    return try recording.write(to: output) + unread.map(\.message)
  }

  private func holdsSpikes(_ input: String) -> Bool {
    RecordingKind.holds(input) || reading.timeUnit != nil
      || RecordingKind.mayHoldCounts(input)
        && [".npz", ".nwb"].contains { output.lowercased().hasSuffix($0) }
  }

  private func conversion(of path: String) -> NetworkConversion {
    NetworkConversion(
      input: path, array: array, delays: delays, labels: labels, inhibitory: inhibitory,
      scale: scale)
  }
}
