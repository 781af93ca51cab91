import Spiking
import Tutorials

extension Main {
  /// The pictures of `EncodingModels`; prints its tables.
  static func track(_ recordings: String) async throws -> [any Figure] {
    let track = try LinearTrack(folder: recordings + "/linear-track")
    let places = try await track.places()
    let (dropped, selected) = try await track.terms()
    let losses = dropped.lossPValues(2).adjusted
    for (index, neuron) in places.neurons.enumerated() {
      let bits = places.designs.indices.map { rounded(neuron.bitsPerSpike($0) ?? .nan) }
      let loss = dropped.neurons[index]
      print(
        "| \(neuron.neuron) | \(neuron.spikeCount) |", bits.joined(separator: " | "), "|",
        rounded(-(loss.difference(2) ?? .nan)), "±", rounded(loss.standardError(2) ?? .nan), "|",
        rounded(losses[index], digits: 3), "|",
        selected.neurons[index].terms.joined(separator: ", "), "|")
    }
    print(places.notices, places)
    print(dropped)
    print(
      "place + direction against place by direction, gains:",
      places.neurons.map { rounded($0.difference(3, from: 2) ?? .nan) },
      places.neurons.map { rounded($0.gainTest(3, over: 2).pValue, digits: 3) })
    print(
      "place + direction against place:",
      places.neurons.map { rounded($0.difference(2, from: 1) ?? .nan) },
      places.neurons.map { rounded($0.gainTest(2, over: 1).pValue, digits: 3) })
    print(
      "place by direction against place:",
      places.neurons.map { rounded($0.difference(3, from: 1) ?? .nan) },
      places.neurons.map { rounded($0.gainTest(3, over: 1).pValue, digits: 3) })
    for (strength, bits) in try await track.smoothness() { print(strength, bits) }
    let found = try await track.evidence()
    print(found.names)
    for (neuron, degrees) in zip(found.fit.neurons, found.degrees) {
      print(neuron.neuron, degrees.map { rounded($0) })
    }
    let later = try await track.laterRuns()
    for (unit, (fixed, evidence)) in zip(track.units, zip(later.fixed, later.evidence)) {
      print(unit, "later runs", rounded(fixed), rounded(evidence))
    }
    let burst = try await EarlierModels.hippocampus(folder: recordings + "/rat-hippocampus")
    print(burst)
    let fit = try await EarlierModels.receptor(
      recordings + "/grasshopper-receptor/grasshopper_1.nwb")
    print(fit)
    return try await track.figures()
  }
}
