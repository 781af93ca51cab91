internal import Foundation
internal import Spiking

/// A network on its way from one file to another: signs and scale of its weights change, or nothing.
struct NetworkConversion {
  let input: String
  /// Which array of an archive it is.
  let array: String?
  /// The file of its delays, or a folder of one for each network, with their names.
  let delays: String?
  /// The file of a label for each neuron.
  let labels: String?
  /// The labels of inhibitory neurons, separated by commas.
  let inhibitory: String?
  let scale: Double

  /// Writes the network.
  ///
  /// - Returns: what the output does not hold, in words.
  func write(to output: String, asMatrix: Bool) throws -> [String] {
    // What cannot be written is said before anything is read.
    guard NetworkFormat(path: output) != nil else {
      try InputFile.check(MATLABFile.fileAndVariable(input).path)
      throw SpikingError(
        .unwritableFile, output, found: "another extension",
        expected: ".npy, .npz, .pt, .graphml, .csv or .tsv for a network")
    }
    return try converted().write(to: output, asMatrix: asMatrix)
  }

  /// The network as it is written.
  func converted() throws -> NamedNetwork {
    let named = try read()
    let isInhibitory = try inhibitoryNeurons(of: named.network)
    let network = try SpikingError.within(
      "\(input), --scale \(scale)",
      named.network.mapWeights { source, _, weight in
        (isInhibitory[source] ? -abs(weight) : weight) * Float(scale)
      })
    return try NamedNetwork(network, names: named.names)
  }

  private func read() throws -> NamedNetwork {
    var named: NamedNetwork
    do {
      named = try NamedNetwork(contentsOf: input, array: array)
    } catch {
      throw array == nil ? error : error.within(option: "--array")
    }
    if let delays { named.network = try [named.network].withDelays(contentsOf: delays)[0] }
    return named
  }

  /// Which neurons have a label that matches one of the inhibitory ones.
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
