public import SpikingFramework

/// A number for every pair of neurons.
public struct PairMatrix: Hashable, Sendable {
  /// The number of neurons.
  public let neuronCount: Int
  /// Row-major; NaN where it is undefined.
  public let values: [Double]

  /// The most neurons: 3 GB for the pairs.
  public static let maximumNeuronCount = 20_000

  init(neuronCount: Int, values: [Double]) {
    (self.neuronCount, self.values) = (neuronCount, values)
  }

  /// Numbers that do not depend on the order of a pair.
  ///
  /// - Throws: what `value` throws.
  init<Failure: Error>(
    symmetric neuronCount: Int, _ value: (_ first: Int, _ second: Int) throws(Failure) -> Double
  ) throws(Failure) {
    var rows: [[Double]] = []
    for first in 0..<neuronCount {
      var row: [Double] = []
      for second in first..<neuronCount { row.append(try value(first, second)) }
      rows.append(row)
    }
    self.init(symmetric: rows)
  }

  /// Of each neuron the numbers with itself and those behind it.
  init(symmetric rows: [[Double]]) {
    let count = rows.count
    var values = [Double](repeating: .nan, count: count * count)
    for (first, row) in rows.enumerated() {
      for (second, value) in zip(first..., row) {
        values[first * count + second] = value
        values[second * count + first] = value
      }
    }
    self.init(neuronCount: count, values: values)
  }

  /// The number of two neurons; nil where it is undefined.
  public subscript(first: Int, second: Int) -> Double? {
    precondition(0..<neuronCount ~= first && 0..<neuronCount ~= second, "no such neuron")
    let value = values[first * neuronCount + second]
    return value.isNaN ? nil : value
  }

  /// As an array of neurons × neurons.
  public var array: NumericArray { NumericArray(values, shape: [neuronCount, neuronCount]) }

  /// - Throws: `invalidData` for more than `maximumNeuronCount` neurons.
  static func check(_ recording: SpikeTrains) throws(SpikingError) {
    guard recording.neuronCount <= maximumNeuronCount else {
      throw SpikingError(
        .invalidData, "recording", found: "\(recording.neuronCount) neurons",
        expected: "at most \(maximumNeuronCount), for whose pairs there is memory: select some")
    }
  }
}

extension PairMatrix: CustomStringConvertible {
  /// "50 neurons, pairs −0.11 to 0.92": those of different neurons.
  public var description: String {
    let pairs = values.indices.lazy.filter { $0 / neuronCount != $0 % neuronCount }
    return counted(neuronCount, "neuron")
      + (extent(pairs.map { values[$0] }).map { ", pairs \($0)" } ?? "")
  }
}

extension PairMatrix: Codable {
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    neuronCount = try fields.decode(Int.self, forKey: .neuronCount)
    values = try fields.decode([Double].self, forKey: .values)
    try SpikingError.require(
      0...Connectivity.maximumNeuronCount ~= neuronCount
        && values.count == neuronCount * neuronCount, "pairs",
      found: "\(values.count) values", expected: "those of \(neuronCount) × \(neuronCount) pairs")
  }
}
