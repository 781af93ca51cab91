public import SpikingFramework

/// How the spike counts of pairs of neurons go together: Pearson's correlation of counts in bins.
///
///     r_ij = (⟨n_i n_j⟩ − ⟨n_i⟩⟨n_j⟩) / √(Var n_i Var n_j)
///
/// Correlation is not connection: neurons that share an input are correlated without a synapse between
/// them.
public struct CountCorrelation: Analyzer, Hashable {
  /// The width of a bin in ms. Bins begin with the recording; a last one that is cut short is left out, and so
  /// is each in which a neuron was not observed throughout.
  public var binWidth: Double

  /// The most neurons: 3 GB for the pairs and as much again for the result.
  public static let maximumNeuronCount = 20_000

  /// The correlation of counts in bins of `binWidth` ms.
  public init(binWidth: Double) { self.binWidth = binWidth }

  /// The correlation of every pair.
  ///
  /// - Throws: `invalidParameter` where the width is not positive or longer than the recording,
  ///   `invalidData` for more than `maximumNeuronCount` neurons, or neurons that were not observed together.
  /// - Complexity: O(spikes · log spikes + Σ (neurons active in a bin)²), memory O(spikes + neurons²).
  public func analyze(_ recording: SpikeTrains) throws(SpikingError) -> CorrelationMatrix {
    _ = try SpikingAnalysis.binCount(
      covering: recording.duration, "recording", width: binWidth, "binWidth")
    guard recording.neuronCount <= Self.maximumNeuronCount else {
      throw SpikingError(
        .invalidData, "recording", found: "\(recording.neuronCount) neurons",
        expected: "at most \(Self.maximumNeuronCount), for whose pairs there is memory: select some"
      )
    }
    let segments = recording.observedBins(width: binWidth)
    guard !segments.isEmpty else {
      throw SpikingError(
        .invalidData, "recording", found: "no bin in which all neurons were observed",
        expected: "neurons that were observed together: select some")
    }
    let bins = segments.reduce(0) { $0 + $1.count }
    let count = recording.neuronCount
    var (sums, products) = ([Double](repeating: 0, count: count), Products(count))
    var active: [(neuron: Int, count: Double)] = []
    var present = -1
    for (bin, neuron) in occupied(recording, segments) {
      if bin != present {
        products.add(active)
        active.removeAll(keepingCapacity: true)
        present = bin
      }
      sums[neuron] += 1
      if active.last?.neuron == neuron {
        active[active.count - 1].count += 1
      } else {
        active.append((neuron, 1))
      }
    }
    products.add(active)
    return CorrelationMatrix(sums: sums, products: products.values, binCount: Double(bins))
  }

  /// The bin and the neuron of every spike within the segments, sorted.
  private func occupied(
    _ recording: SpikeTrains, _ segments: [Range<Int>]
  ) -> [(bin: Int, neuron: Int)] {
    var spikes: [(bin: Int, neuron: Int)] = []
    spikes.reserveCapacity(recording.times.count)
    let rule = BinRule(width: binWidth, for: recording)
    let end = segments.last?.upperBound ?? 0
    for neuron in 0..<recording.neuronCount {
      var segment = 0
      for time in recording[neuron] {
        let bin = rule.bin(of: time - recording.start, limit: end)
        if bin == end { break }
        while segments[segment].upperBound <= bin { segment += 1 }
        if segments[segment].contains(bin) { spikes.append((bin, neuron)) }
      }
    }
    spikes.sort { $0 < $1 }
    return spikes
  }
}

/// Σ n_i n_j over bins, of which nearly all are empty.
private struct Products {
  private let neuronCount: Int
  private(set) var values: [Double]

  init(_ neuronCount: Int) {
    self.neuronCount = neuronCount
    values = Array(repeating: 0, count: neuronCount * neuronCount)
  }

  mutating func add(_ active: [(neuron: Int, count: Double)]) {
    for first in active {
      for second in active {
        values[first.neuron * neuronCount + second.neuron] += first.count * second.count
      }
    }
  }
}

/// A coefficient of correlation for every pair of neurons.
public struct CorrelationMatrix: Hashable, Sendable {
  /// The number of neurons.
  public let neuronCount: Int
  /// Row-major coefficients from −1 to 1; NaN where the counts of a neuron do not vary.
  public let values: [Double]

  init(sums: [Double], products: [Double], binCount: Double) {
    let count = sums.count
    neuronCount = count
    func covariance(_ i: Int, _ j: Int) -> Double {
      products[i * count + j] - sums[i] * sums[j] / binCount
    }
    let variances = (0..<count).map { covariance($0, $0) }
    values = (0..<count * count).map { index in
      let (i, j) = index.quotientAndRemainder(dividingBy: count)
      let scale = (variances[i] * variances[j]).squareRoot()
      return scale > 0 ? min(max(covariance(i, j) / scale, -1), 1) : .nan
    }
  }

  /// The coefficient of two neurons; nil where the counts of one do not vary.
  public subscript(first: Int, second: Int) -> Double? {
    precondition(0..<neuronCount ~= first && 0..<neuronCount ~= second, "no such neuron")
    let value = values[first * neuronCount + second]
    return value.isNaN ? nil : value
  }
}

extension CorrelationMatrix: CustomStringConvertible {
  /// "50 neurons, correlations −0.11 to 0.92": those of different neurons.
  public var description: String {
    let pairs = values.indices.lazy.filter { $0 / neuronCount != $0 % neuronCount }
    return counted(neuronCount, "neuron")
      + (extent(pairs.map { values[$0] }).map { ", correlations \($0)" } ?? "")
  }
}

extension CorrelationMatrix: Codable {
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    neuronCount = try fields.decode(Int.self, forKey: .neuronCount)
    values = try fields.decode([Double].self, forKey: .values)
    try SpikingError.require(
      0...Connectivity.maximumNeuronCount ~= neuronCount
        && values.count == neuronCount * neuronCount, "correlations",
      found: "\(values.count) values", expected: "those of \(neuronCount) × \(neuronCount) pairs")
  }
}
