internal import Spiking

/// What `statistics.json` holds: a row for each neuron, null where a statistic is undefined.
struct NeuronTable: Encodable {
  let neurons: [Row]
  let seed: UInt64?
  let version = spikingVersion

  /// The table of columns of neurons that go by the numbers `neurons`.
  init(neurons: [Int], columns: [String: [Double]], seed: UInt64?) {
    self.seed = seed
    self.neurons = neurons.enumerated().map { index, neuron in
      Row(neuron: neuron, values: columns.compactMapValues { $0.count > index ? $0[index] : nil })
    }
  }

  struct Row: Encodable {
    let neuron: Int
    let values: [String: Double]

    struct Key: CodingKey {
      let stringValue: String
      var intValue: Int? { nil }

      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(neuron, forKey: Key(stringValue: "neuron"))
      for (name, value) in values {
        try container.encode(defined(value), forKey: Key(stringValue: name))
      }
    }
  }
}

/// A number as it stands in a file: nil, which is null there, where it is not finite.
func defined(_ value: Double?) -> Double? {
  value.flatMap { $0.isFinite ? $0 : nil }
}
