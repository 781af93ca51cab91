/// Which neurons excite and which inhibit, where each does only one of the two (Dale's law).
struct DaleSigns {
  private let excitatoryCount: Int

  /// The first `excitatoryFraction` of the neurons excite, rounded to the nearest neuron.
  init(neurons: Int, excitatoryFraction: Double) {
    excitatoryCount = Int((Double(neurons) * excitatoryFraction).rounded())
  }

  /// +1 or −1.
  func sign(of neuron: Int) -> Double { neuron < excitatoryCount ? 1 : -1 }
}
