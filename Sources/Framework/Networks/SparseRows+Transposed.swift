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
    var counts = [Int](repeating: 0, count: columns.count)
    let parts = (0..<rowCount).map { source in
      var index = firstSynapse(of: source, atLeast: columns.lowerBound)
      let first = index
      while index < offsets[source + 1], target(index) < columns.upperBound {
        counts[target(index) - columns.lowerBound] += 1
        index += 1
      }
      return first..<index
    }
    var sort = CountingSort(counts: counts)
    var sorted = [(source: UInt32, weight: Float, delay: UInt16)](
      repeating: (0, 0, 1), count: sort.offsets[columns.count])
    for (source, part) in parts.enumerated() {
      for index in part {
        let place = sort.place(of: target(index) - columns.lowerBound)
        sorted[place] = (UInt32(source), weights[index], UInt16(delay(index)))
      }
    }
    var position = 0
    for end in sort.offsets.dropFirst() {
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
