extension SparseRows {
  /// A value for each synapse, in the order of the synapses, made row by row on several threads.
  ///
  /// - Parameters:
  ///   - threads: the most threads; what is made does not depend on them as long as each row follows
  ///     from its number alone, as one that draws from `random.stream(source)` does.
  ///   - body: writes the values of the synapses `synapses`, which are those of row `source`.
  /// - Complexity: O(synapses), in the memory of the result.
  public func mapRows<Value: BitwiseCopyable & Sendable>(
    threads: Int,
    _ body:
      @escaping @Sendable (
        _ source: Int, _ synapses: Range<Int>, _ values: UnsafeMutablePointer<Value>
      ) -> Void
  ) -> [Value] {
    // Few synapses are not worth a thread, and members take turns, as rows may differ in length.
    let members = max(1, min(threads, weights.count >> 14))
    let rowsPerTurn = max(1, rowCount / (members * 64))
    return [Value](unsafeUninitializedCapacity: weights.count) { buffer, count in
      count = weights.count
      guard let start = buffer.baseAddress else { return }
      let values = SharedValues(start: start)
      runTogether(members) { member in
        for first in stride(from: member * rowsPerTurn, to: rowCount, by: members * rowsPerTurn) {
          for source in first..<min(first + rowsPerTurn, rowCount) {
            let synapses = offsets[source]..<offsets[source + 1]
            body(source, synapses, values.start + synapses.lowerBound)
          }
        }
      }
    }
  }
}

/// Where the members write, each the values of its own rows.
///
/// `@unchecked`: the compiler cannot see that rows do not overlap.
private struct SharedValues<Value>: @unchecked Sendable {
  let start: UnsafeMutablePointer<Value>
}
