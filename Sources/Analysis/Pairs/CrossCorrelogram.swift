public import SpikingFramework

/// When spikes of one neuron lie before and after those of another: the histogram of all differences of their times.
///
///     C_AB(b) = #{(i, j): (b − ½) w ≤ u_j − t_i < (b + ½) w},  b = −L … L
///
/// A positive lag is a spike of B after one of A. A difference on the edge of two bins belongs to the one that is further from 0, so
/// that C_BA(b) = C_AB(−b). A spike is no pair with itself. Pairs count while both neurons were observed, in one stretch.
///
/// Towards long lags fewer pairs fit into the recording. The correction multiplies by T / (T − |b| w), with the length T of the
/// recording, or Σ T / Σ (T − |b| w) of stretches.
public struct CrossCorrelogram: Statistic, Analyzer, Hashable {
  /// w in ms.
  public var binWidth = 1.0
  /// L w in ms: the longest lag, rounded to bins.
  public var longestLag = 50.0
  /// Whether counts are corrected for what does not fit into the recording.
  public var isCorrected = false

  /// The most numbers: half a gigabyte.
  public static let maximumCount = 1 << 26

  /// Bins of `binWidth` ms up to lags of `longestLag` ms.
  public init(binWidth: Double = 1, longestLag: Double = 50, isCorrected: Bool = false) {
    (self.binWidth, self.longestLag, self.isCorrected) = (binWidth, longestLag, isCorrected)
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("binWidth", &binWidth, in: .positive, unit: .milliseconds)
    visit("longestLag", &longestLag, in: .nonnegative, unit: .milliseconds)
    visit("isCorrected", &isCorrected)
  }

  /// The correlograms of all pairs, and of each neuron with itself.
  ///
  /// - Throws: `invalidParameter` where a setting lies outside its domain or lags are longer than the recording; `invalidData`
  ///   for more than `maximumCount` numbers; `CancellationError` where the task was cancelled.
  /// - Complexity: O(pairs of spikes within the longest lag).
  public func analyze(
    _ recording: SpikeTrains, execution: Execution
  ) async throws -> CrossCorrelograms {
    let lags = try lagCount(in: recording)
    let count = recording.neuronCount
    let done = ProgressCount(of: count * (count + 1) / 2, execution.progress)
    let rows = try await concurrentMap(
      Array(recording.indices), threads: execution.threadCount()
    ) { first in
      let row = try (first..<count).map { second in
        try Task.checkCancellation()
        return counts(TrainPair(first, second, of: recording), lags: lags, isSame: first == second)
      }
      done.add(row.count)
      return row
    }
    return CrossCorrelograms(rows, lags: lags, binWidth: binWidth)
  }

  /// The same on one thread.
  public func analyze(_ recording: SpikeTrains) throws(SpikingError) -> CrossCorrelograms {
    let (lags, count) = (try lagCount(in: recording), recording.neuronCount)
    let rows = (0..<count).map { first in
      (first..<count).map { second in
        counts(TrainPair(first, second, of: recording), lags: lags, isSame: first == second)
      }
    }
    return CrossCorrelograms(rows, lags: lags, binWidth: binWidth)
  }

  /// `correlogram` and `lags_ms`.
  public func results(for spikes: SpikeTrains) throws -> StatisticResults {
    try analyze(spikes).results
  }

  /// `correlogram` and `lags_ms`.
  public func results(
    for spikes: SpikeTrains, execution: Execution
  ) async throws -> StatisticResults {
    try await analyze(spikes, execution: execution).results
  }

  /// L.
  private func lagCount(in recording: SpikeTrains) throws(SpikingError) -> Int {
    try validate()
    _ = try binCount(covering: recording.duration, "recording", width: binWidth, "binWidth")
    guard longestLag <= recording.duration else {
      throw SpikingError(
        .invalidParameter, "longestLag", found: inMilliseconds(longestLag),
        expected: "at most the \(inMilliseconds(recording.duration)) of the recording")
    }
    let lags = Int((longestLag / binWidth).rounded())
    let count = recording.neuronCount
    guard Double(count) * Double(count) * Double(2 * lags + 1) <= Double(Self.maximumCount) else {
      throw SpikingError(
        .invalidData, "recording", found: "\(count) neurons and \(2 * lags + 1) lags",
        expected: "fewer, for whose pairs there is memory: select some, or widen binWidth")
    }
    return lags
  }

  private func counts(_ pair: TrainPair, lags: Int, isSame: Bool) -> [Double] {
    var counts = [Double](repeating: 0, count: 2 * lags + 1)
    let reach = (Double(lags) + 0.5) * binWidth
    for stretch in pair.stretches {
      let (first, second) = (stretch.first, stretch.second)
      let times = max(stretch.window.lowerBound.magnitude, stretch.window.upperBound.magnitude)
      let slack = BinRule(width: binWidth, largestTime: times).slack
      var start = second.startIndex
      for (place, time) in first.enumerated() {
        while start < second.endIndex, second[start] < time - reach { start += 1 }
        var other = start
        while other < second.endIndex, second[other] <= time + reach {
          let difference = second[other] - time
          let bin = Int((difference.magnitude + slack) / binWidth + 0.5)
          if bin <= lags, !(isSame && other - second.startIndex == place) {
            counts[difference < 0 ? lags - bin : lags + bin] += 1
          }
          other += 1
        }
      }
    }
    return isCorrected ? corrected(counts, pair, lags: lags) : counts
  }

  private func corrected(_ counts: [Double], _ pair: TrainPair, lags: Int) -> [Double] {
    counts.enumerated().map { place, count in
      let lag = Double(abs(place - lags)) * binWidth
      let fitting = pair.stretches.reduce(0) { $0 + max($1.duration - lag, 0) }
      return fitting > 0 ? count * pair.duration / fitting : .nan
    }
  }
}

/// The correlograms of all pairs of neurons.
public struct CrossCorrelograms: Hashable, Sendable {
  /// The number of neurons.
  public let neuronCount: Int
  /// The middles of the bins in ms, ascending.
  public let lags: [Double]
  /// Of the first neuron all second ones, of each all lags; and so on.
  public let values: [Double]

  /// - Parameter rows: of each neuron those with itself and those behind it.
  fileprivate init(_ rows: [[[Double]]], lags count: Int, binWidth: Double) {
    let (neurons, length) = (rows.count, 2 * count + 1)
    var values = [Double](repeating: 0, count: neurons * neurons * length)
    for (first, row) in rows.enumerated() {
      for (second, counts) in zip(first..., row) {
        for (place, value) in counts.enumerated() {
          values[(first * neurons + second) * length + place] = value
          values[(second * neurons + first) * length + length - 1 - place] = value
        }
      }
    }
    neuronCount = neurons
    lags = (-count...count).map { Double($0) * binWidth }
    self.values = values
  }

  /// The correlogram of two neurons: a number for each lag of the second after the first.
  public subscript(first: Int, second: Int) -> ArraySlice<Double> {
    precondition(0..<neuronCount ~= first && 0..<neuronCount ~= second, "no such neuron")
    let start = (first * neuronCount + second) * lags.count
    return values[start..<start + lags.count]
  }

  fileprivate var results: StatisticResults {
    var results = StatisticResults()
    results.arrays["correlogram"] = NumericArray(
      values, shape: [neuronCount, neuronCount, lags.count])
    results.arrays["lags_ms"] = NumericArray(lags)
    return results
  }
}
