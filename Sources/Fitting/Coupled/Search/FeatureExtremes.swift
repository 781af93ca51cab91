internal import SpikingFramework

/// The least and the largest value of each column of stimuli and terms, as searches have them, in bins with spikes of a
/// neuron and without.
struct FeatureExtremes<InverseLink: Nonlinearity, EmissionModel: Emission> {
  private var features: [FeatureExtreme]
  private let first: Int

  subscript(column: Int) -> FeatureExtreme { features[column - first] }

  /// - Parameter areFull: whether bins without spikes matter by themselves. If not, those of terms have the extremes of all
  ///   bins, and only bins with spikes are looked at.
  /// - Complexity: O(bins · features of stimuli + bins or spikes · entries of a row of terms).
  init(_ objective: NeuronObjective<InverseLink, EmissionModel>, areFull: Bool) {
    let data = objective.data
    let termCount = data.terms.count
    features = Array(repeating: FeatureExtreme(), count: data.features.count + termCount)
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
      if termCount == 0 || !areFull && count == 0 { continue }
      data.terms.rows(ofBlock: number).forEachValue(
        columns: termCount, in: areFull ? nil : hasSpikes
      ) { bin, column, value in
        features[data.features.count + column].add(value, toBinWithSpikes: hasSpikes[bin])
        met[column][hasSpikes[bin] ? 1 : 0] += 1
      }
    }
    for column in 0..<termCount {
      let feature = data.features.count + column
      for kind in areFull ? 0..<2 : 1..<2 where met[column][kind] < bins[kind] {
        features[feature].add(0, toBinWithSpikes: kind == 1)
      }
      if !areFull {
        features[feature].add(data.terms.least[column], toBinWithSpikes: false)
        features[feature].add(data.terms.largest[column], toBinWithSpikes: false)
      }
    }
  }
}
