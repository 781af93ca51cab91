extension SparseRows {
  /// The synapses turned round: W[j, i] where W[i, j] was.
  ///
  /// - Precondition: all rows are complete.
  /// - Complexity: O(synapses log row length) on `threads` threads, in the memory of the result and
  ///   of a few chunks of it.
  public func transposed(threads: Int = 1) -> SparseRows {
    // Each chunk looks at all rows; chunks that have many synapses of each row are few.
    let perChunk = max(1 << 18, 8 * rowCount)
    return SparseRows(
      neuronCount: rowCount, capacity: weights.count, threads: threads, synapsesPerChunk: perChunk
    ) { columns, rows in
      appendColumns(columns, to: &rows)
    }
  }

  /// Counting sort of the synapses onto some neurons, by target; sources stay in order.
  private func appendColumns(_ columns: Range<Int>, to rows: inout SparseRows) {
    var starts = [Int](repeating: 0, count: columns.count + 1)
    var found: [(column: UInt32, source: UInt32, weight: Float)] = []
    for source in 0..<rowCount {
      var index = firstSynapse(of: source, atLeast: columns.lowerBound)
      while index < offsets[source + 1], target(index) < columns.upperBound {
        let column = target(index) - columns.lowerBound
        starts[column + 1] += 1
        found.append((UInt32(column), UInt32(source), weights[index]))
        index += 1
      }
    }
    for column in 0..<columns.count { starts[column + 1] += starts[column] }
    let ends = starts.dropFirst()
    var sorted = [(source: UInt32, weight: Float)](repeating: (0, 0), count: found.count)
    for synapse in found {
      sorted[starts[Int(synapse.column)]] = (synapse.source, synapse.weight)
      starts[Int(synapse.column)] += 1
    }
    var index = 0
    for end in ends {
      while index < end {
        rows.append(Int(sorted[index].source), sorted[index].weight)
        index += 1
      }
      rows.endRow()
    }
  }

  /// The synapses of both.
  ///
  /// - Precondition: they have as many rows, all complete, and no synapse in common.
  /// - Complexity: O(synapses) on `threads` threads.
  public func merged(with other: SparseRows, threads: Int = 1) -> SparseRows {
    precondition(rowCount == other.rowCount, "only networks of one size can be merged")
    return SparseRows(
      neuronCount: rowCount, capacity: weights.count + other.weights.count, threads: threads
    ) { sources, rows in
      for source in sources {
        var index = offsets[source]
        for position in other.offsets[source]..<other.offsets[source + 1] {
          let target = other.target(position)
          while index < offsets[source + 1], self.target(index) < target {
            rows.append(self.target(index), weights[index])
            index += 1
          }
          rows.append(target, other.weights[position])
        }
        while index < offsets[source + 1] {
          rows.append(target(index), weights[index])
          index += 1
        }
        rows.endRow()
      }
    }
  }
}
