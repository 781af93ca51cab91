internal import ArgumentParser
internal import Foundation
internal import Spiking

/// `spiking convert`: networks and spikes from one format to another.
struct ConvertCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert", abstract: "Convert networks and spikes between formats.",
    discussion: """
      A network (.csv, .txt, .npy, .npz) becomes a .npy. A connectome of synapse counts becomes a \
      network by its signs and a scale: with --labels and --inhibitory the weights of every neuron \
      whose label matches become negative, and --scale multiplies all of them.

      A recording (.nwb, .npz, .npy, a table of times, or a folder of a sorter) becomes a file of all of it (.npz, .nwb) \
      or a table of times (.csv, .tsv); spikes in bins become events (.npz) or dense counts (.npy). What the file that is \
      written does not hold is said. A square .npy of whole numbers is a network where a .npy is written, and spikes \
      where a .npz is.
      """)

  @Argument(
    help: ArgumentHelp("The file to read.", valueName: "IN"),
    completion: .file(extensions: ["npy", "npz", "csv", "txt", "nwb"]))
  var input: String
  @Argument(
    help: ArgumentHelp("The file to write.", valueName: "OUT"),
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
    try replacement.check(
      [("OUT", output)], inputs: [input] + [labels].compactMap(\.self))
    if array == nil, holdsSpikes {
      guard labels == nil, scale == 1 else {
        throw SpikingError(
          .invalidData, input, found: "spikes",
          expected: "a network, for --labels, --inhibitory and --scale")
      }
      try convertSpikes()
    } else {
      try convertNetwork()
    }
  }

  private func convertSpikes() throws {
    let recording = try units.selected(of: reading.recording(of: input))
    if let trains = recording.bins, output.lowercased().hasSuffix(".npy") {
      try DiskSpace.require(
        Double(trains.neuronCount) * Double(trains.binCount), at: output,
        as: "dense counts take a byte for each of \(trains.neuronCount) neurons and "
          + "\(trains.binCount) bins")
    }
    let unread = recording.notices.filter { [.unreadable, .leftOut].contains($0.kind) }
    let lost = try recording.write(to: output) + unread.map(\.message)
    if !lost.isEmpty { print("\(output) does not hold \(lost.joined(separator: ", "))") }
  }

  private var holdsSpikes: Bool {
    RecordingKind.holds(input) || reading.timeUnit != nil
      || (input.lowercased().hasSuffix(".npy")
        && [".npz", ".nwb"].contains { output.lowercased().hasSuffix($0) })
  }

  private func convertNetwork() throws {
    guard output.lowercased().hasSuffix(".npy") else {
      throw SpikingError(
        .unwritableFile, output, found: "another extension", expected: ".npy for a network")
    }
    var network: Connectivity
    do {
      network = try Connectivity(contentsOf: input, array: array)
    } catch {
      throw array == nil ? error : error.within(option: "--array")
    }
    let isInhibitory = try inhibitoryNeurons(of: network)
    network = try SpikingError.within(
      "\(input), --scale \(scale)",
      network.mapWeights { source, _, weight in
        (isInhibitory[source] ? -abs(weight) : weight) * Float(scale)
      })
    try network.write(to: output)
  }

  /// Which neurons have a label that matches `--inhibitory`.
  private func inhibitoryNeurons(of network: Connectivity) throws -> [Bool] {
    guard let labels, let inhibitory else {
      return [Bool](repeating: false, count: network.neuronCount)
    }
    let names = try ConnectivityFile.labels(labels)
    guard names.count == network.neuronCount else {
      throw SpikingError(
        .invalidData, labels, found: "\(names.count) labels",
        expected: "one for each of the \(network.neuronCount) neurons of \(input)")
    }
    let patterns = inhibitory.split(separator: ",").map { LabelPattern($0) }
    if let unused = patterns.first(where: { pattern in !names.contains(where: pattern.matches) }) {
      throw SpikingError(
        .wrongCommandLine, "--inhibitory", found: unused.text, expected: "a label of \(labels)")
    }
    return names.map { name in patterns.contains { $0.matches(name) } }
  }
}

/// A label in which * stands for any text.
private struct LabelPattern {
  let text: String

  init(_ text: Substring) { self.text = text.trimmingCharacters(in: .whitespaces) }

  func matches(_ label: String) -> Bool { fnmatch(text, label, 0) == 0 }
}
