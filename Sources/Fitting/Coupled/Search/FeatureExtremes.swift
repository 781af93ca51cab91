internal import SpikingFramework

/// The least and the largest value of each column of stimuli and terms, as searches have them, in bins with spikes of a
/// neuron and without.
struct FeatureExtremes<InverseLink: Nonlinearity, EmissionModel: Emission> {
  struct Feature {
    /// In bins without spikes and with.
    var least = SIMD2(Double.infinity, .infinity)
    var largest = SIMD2(-Double.infinity, -.infinity)

    var range: Double {
      let range = largest.max() - least.min()
      return range.isFinite ? range : 0
    }

    mutating func add(_ value: Double, toBinWithSpikes hasSpikes: Bool) {
      let kind = hasSpikes ? 1 : 0
      least[kind] = min(least[kind], value)
      largest[kind] = max(largest[kind], value)
    }

    func separation(of column: Int, saturates: Bool) -> HeldColumns.Separation? {
      if range == 0 { return nil }
      // Where all bins with spikes lie at one edge, those elsewhere have none; and the other way round.
      for (own, count) in [(1, 0), (0, 1)] where count == 0 || saturates {
        guard largest[own] - least[own] <= 1e-9 * range else { continue }
        let isLeast = least[own] - least.min() <= 1e-9 * range
        guard isLeast || largest.max() - largest[own] <= 1e-9 * range else { continue }
        let direction: Double = isLeast == (count == 0) ? -1 : 1
        return HeldColumns.Separation(
          column: column, direction: direction, edge: isLeast ? least.min() : largest.max(),
          count: count, value: direction * HeldColumns.exponent / range)
      }
      return nil
    }
  }

  private var features: [Feature]
  private let first: Int

  subscript(column: Int) -> Feature { features[column - first] }

  /// - Complexity: O(bins · (features of stimuli + entries of a row of terms)).
  init(_ objective: NeuronObjective<InverseLink, EmissionModel>) {
    let data = objective.data
    let termCount = data.terms.count
    features = Array(repeating: Feature(), count: data.features.count + termCount)
    first = objective.columns.count - features.count
    if features.isEmpty { return }
    // How many bins of each kind there are, and in how many of them each column of a term is not 0.
    var bins = SIMD2<Int>()
    var met = [SIMD2<Int>](repeating: .zero, count: termCount)
    for (number, block) in data.bins.blocks.enumerated() {
      var hasSpikes = [Bool](repeating: false, count: block.count)
      for position in data.spikes.positions(of: objective.columns.neuron, in: block) {
        hasSpikes[Int(data.spikes.bins[Int(position)]) - block.lowerBound] = true
      }
      let count = hasSpikes.count { $0 }
      bins &+= SIMD2(block.count - count, count)
      _ = data.features.withValues(ofBlock: number) { values in
        for feature in 0..<data.features.count {
          var extremes = features[feature]
          for index in 0..<block.count {
            extremes.add(values[feature * block.count + index], toBinWithSpikes: hasSpikes[index])
          }
          features[feature] = extremes
        }
      }
      if termCount == 0 { continue }
      data.terms.rows(ofBlock: number).forEachValue(columns: termCount) { bin, column, value in
        features[data.features.count + column].add(value, toBinWithSpikes: hasSpikes[bin])
        met[column][hasSpikes[bin] ? 1 : 0] += 1
      }
    }
    for column in 0..<termCount {
      for kind in 0..<2 where met[column][kind] < bins[kind] {
        features[data.features.count + column].add(0, toBinWithSpikes: kind == 1)
      }
    }
  }
}
