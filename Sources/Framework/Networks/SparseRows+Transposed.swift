extension SparseRows {
  /// The synapses turned round: W[j, i] where W[i, j] was.
  ///
  /// - Precondition: all rows are complete.
  /// - Complexity: O(synapses) on `threads` threads, in the memory of the result and of a few chunks
  ///   of it.
  public func transposed(threads: Int = 1) -> SparseRows {
    // Each chunk looks at all rows: it is worth it where it takes many synapses of each.
    let perChunk = max(1 << 18, 64 * rowCount)
    return SparseRows(
      neuronCount: rowCount, capacity: weights.count, threads: threads, synapsesPerChunk: perChunk
    ) { columns, rows in
      appendColumns(columns, to: &rows)
    }
  }

  /// Counting sort of the synapses onto some neurons, by target; sources stay in order.
  private func appendColumns(_ columns: Range<Int>, to rows: inout SparseRows) {
    var places = [Int](repeating: 0, count: columns.count + 1)
    let parts = (0..<rowCount).map { source in
      var index = firstSynapse(of: source, atLeast: columns.lowerBound)
      let first = index
      while index < offsets[source + 1], target(index) < columns.upperBound {
        places[target(index) - columns.lowerBound + 1] += 1
        index += 1
      }
      return first..<index
    }
    for column in 0..<columns.count { places[column + 1] += places[column] }
    let ends = places.dropFirst()
    var sorted = [(source: UInt32, weight: Float, delay: UInt16)](
      repeating: (0, 0, 1), count: places[columns.count])
    for (source, part) in parts.enumerated() {
      for index in part {
        let column = target(index) - columns.lowerBound
        sorted[places[column]] = (UInt32(source), weights[index], UInt16(delay(index)))
        places[column] += 1
      }
    }
    var position = 0
    for end in ends {
      while position < end {
        let (source, weight, delay) = sorted[position]
        rows.append(Int(source), weight, delay: Int(delay))
        position += 1
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
            rows.append(self.target(index), weights[index], delay: delay(index))
            index += 1
          }
          rows.append(target, other.weights[position], delay: other.delay(position))
        }
        while index < offsets[source + 1] {
          rows.append(target(index), weights[index], delay: delay(index))
          index += 1
        }
        rows.endRow()
      }
    }
  }
}
