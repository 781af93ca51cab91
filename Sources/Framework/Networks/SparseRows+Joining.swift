internal import Dispatch
internal import Synchronization

extension SparseRows {
  /// Rows that are made in chunks on several threads and joined in order.
  ///
  /// ```swift
  /// let ring = SparseRows(neuronCount: 100, capacity: 100, threads: 2) { sources, rows in
  ///   for source in sources {
  ///     rows.append((source + 1) % 100, 1)
  ///     rows.endRow()
  ///   }
  /// }
  /// ```
  ///
  /// What is made does not depend on the threads as long as each row follows from its number alone,
  /// as one that draws from `random.stream(source)` does. Memory is that of the result and of two
  /// chunks a thread.
  ///
  /// - Parameters:
  ///   - neuronCount: the number of rows.
  ///   - capacity: about how many synapses there will be.
  ///   - threads: the most threads; few synapses take fewer.
  ///   - synapsesPerChunk: about how many synapses a chunk has at most.
  ///   - body: appends the rows `sources` and ends each.
  public init(
    neuronCount: Int, capacity: Int, threads: Int, synapsesPerChunk: Int = 1 << 18,
    _ body: @escaping @Sendable (_ sources: Range<Int>, _ rows: inout SparseRows) -> Void
  ) {
    let perRow = max(1, capacity / max(neuronCount, 1))
    // Four chunks a thread share the work out; those that are too small are not worth a thread.
    let shared = neuronCount / (4 * max(threads, 1)) + 1
    let rowsPerChunk = max(1, min(max(shared, (1 << 14) / perRow), synapsesPerChunk / perRow))
    let chunks = (neuronCount + rowsPerChunk - 1) / rowsPerChunk
    let members = max(1, min(threads, chunks))
    let joiner = RowJoiner(
      rows: SparseRows(neuronCount: neuronCount, capacity: capacity), chunks: chunks,
      inFlight: 2 * members)
    runTogether(members) { _ in
      joiner.work { chunk in
        let first = chunk * rowsPerChunk
        let sources = first..<min(first + rowsPerChunk, neuronCount)
        var rows = SparseRows(
          neuronCount: neuronCount, capacity: min(capacity, perRow * sources.count))
        body(sources, &rows)
        precondition(rows.rowCount == sources.count, "each row of a chunk is ended once")
        return rows
      }
    }
    self = joiner.rows
  }
}

/// Hands out the numbers of chunks and joins what is made of them, in order.
private final class RowJoiner: Sendable {
  private struct State {
    var rows: SparseRows
    var taken = 0
    var joined = 0
    var waiting: [Int: SparseRows] = [:]
  }

  private let state: Mutex<State>
  private let chunks: Int
  /// Chunks that are taken and not joined yet are as many as these: no thread runs far ahead of one
  /// that is slow.
  private let places: DispatchSemaphore

  init(rows: SparseRows, chunks: Int, inFlight: Int) {
    state = Mutex(State(rows: rows))
    self.chunks = chunks
    places = DispatchSemaphore(value: inFlight)
  }

  /// What is joined so far.
  var rows: SparseRows { state.withLock { $0.rows } }

  /// Makes chunks until all are taken.
  func work(_ make: (_ chunk: Int) -> SparseRows) {
    places.wait()
    while let chunk = next() {
      let joined = join(chunk, make(chunk))
      for _ in 0..<joined { places.signal() }
      places.wait()
    }
    places.signal()
  }

  private func next() -> Int? {
    state.withLock { state in
      guard state.taken < chunks else { return nil }
      state.taken += 1
      return state.taken - 1
    }
  }

  /// Joins a chunk, or keeps it until those before it are there.
  ///
  /// - Returns: how many chunks were joined.
  private func join(_ chunk: Int, _ rows: SparseRows) -> Int {
    state.withLock { state in
      let before = state.joined
      state.waiting[chunk] = rows
      while let next = state.waiting.removeValue(forKey: state.joined) {
        state.rows.append(contentsOf: next)
        state.joined += 1
      }
      return state.joined - before
    }
  }
}
