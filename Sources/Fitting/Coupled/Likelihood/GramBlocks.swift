internal import CKernels
internal import SpikingNumerics

/// Sums of products of features over bins, Xᵀ diag(w) X, from X itself, of which one block of bins is in memory
/// at a time: what `GramMatrix` sums over pairs of spikes, where windows are so long that most bins follow
/// spikes of every neuron.
struct GramBlocks {
  private let data: CoupledData
  private let columns: GramColumns

  /// - Parameter weights: w of every bin, none below 0.
  /// - Complexity: O(spikes · window · functions + bins · columns²), memory O(columns² + columns).
  static func matrix(
    of columns: GramColumns, data: CoupledData, weights: [Double]
  ) -> SymmetricMatrix {
    let blocks = GramBlocks(data: data, columns: columns)
    var matrix = SymmetricMatrix(order: columns.count)
    for (number, block) in data.bins.blocks.enumerated() {
      let roots = weights[block].map { $0.squareRoot() }
      matrix.addProducts(
        ofColumns: blocks.values(inBlock: number, roots: roots), length: block.count)
    }
    matrix.mirrorLowerTriangle()
    return matrix
  }

  /// All columns in a block, one after the other, each bin times a factor.
  private func values(inBlock number: Int, roots: [Double]) -> [Double] {
    let block = data.bins.blocks[number]
    var values = [Double](repeating: 0, count: columns.count * block.count)
    values.withUnsafeMutableBufferPointer { values in
      guard let values = values.baseAddress else { return }
      values.update(repeating: 1, count: block.count)
      _ = data.features.withValues(ofBlock: number) { features in
        (values + columns.features.lowerBound * block.count)
          .update(from: features, count: columns.features.count * block.count)
      }
      addSpikes(to: values, in: block)
      addTerms(to: values, inBlock: number)
      for column in 0..<columns.count {
        let own = values + column * block.count
        for index in roots.indices { own[index] *= roots[index] }
      }
    }
    return values
  }

  private func addTerms(to values: UnsafeMutablePointer<Double>, inBlock number: Int) {
    if data.terms.count == 0 { return }
    let rows = data.terms.rows(ofBlock: number)
    rows.forEachValue(columns: data.terms.count) { bin, column, value in
      values[(columns.terms.lowerBound + column) * rows.binCount + bin] += value
    }
  }

  /// Adds the functions of the spikes that act on a block.
  private func addSpikes(to values: UnsafeMutablePointer<Double>, in block: Range<Int>) {
    var byRow: [[GramColumns.Spikes]] = Array(repeating: [], count: data.spikes.rowCount)
    for spikes in columns.spikes { byRow[spikes.row].append(spikes) }
    for event in data.spikes.events(in: block.lowerBound - data.window..<block.upperBound - 1) {
      // A spike acts from the next bin on.
      let first = Int(data.spikes.bins[event]) + 1
      let count = Double(data.spikes.counts[event])
      for spikes in byRow[Int(data.spikes.neurons[event])] {
        let (basis, start) = (spikes.basis, max(first, block.lowerBound))
        let length = min(first + basis.window, block.upperBound) - start
        if length <= 0 { continue }
        basis.byFunction.withUnsafeBufferPointer { functions in
          guard var function = functions.baseAddress.map({ $0 + start - first }) else { return }
          for column in spikes.columns {
            spiking_add_scaled(
              Int64(length), function, count,
              values + column * block.count + start - block.lowerBound)
            function += basis.window
          }
        }
      }
    }
  }
}
