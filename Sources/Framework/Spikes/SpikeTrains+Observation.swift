extension SpikeTrains {
  /// When a neuron was observed: stretches of time in ms, ascending and apart from each other.
  public func observed(_ neuron: Int) -> [ClosedRange<Double>] {
    observations.isEmpty ? [start...stop] : observations[neuron]
  }

  /// For how long a neuron was observed, in ms.
  public func observedDuration(of neuron: Int) -> Double {
    observed(neuron).reduce(0) { $0 + ($1.upperBound - $1.lowerBound) }
  }

  /// The spikes of a neuron in each stretch in which it was observed, in ms; those outside are left out.
  ///
  /// - Complexity: O(stretches · log spikes).
  public func observedTrains(of neuron: Int) -> [ArraySlice<Double>] {
    observations.isEmpty
      ? [self[neuron]] : observations[neuron].map { train(of: neuron, in: $0) }
  }

  /// When two neurons were both observed: stretches of time in ms, ascending and apart from each other.
  package func jointObservations(of first: Int, _ second: Int) -> [ClosedRange<Double>] {
    observations.isEmpty
      ? [start...stop] : Self.intersection(observations[first], observations[second])
  }

  /// The spikes of a neuron in a stretch of time in ms, both ends included.
  ///
  /// - Complexity: O(log spikes).
  package func train(of neuron: Int, in stretch: ClosedRange<Double>) -> ArraySlice<Double> {
    let train = self[neuron]
    let first = train.firstPosition { $0 >= stretch.lowerBound }
    return train[first..<Swift.max(first, train.firstPosition { $0 > stretch.upperBound })]
  }

  /// How many spikes a neuron has while it was observed.
  public func observedSpikeCount(of neuron: Int) -> Int {
    observedTrains(of: neuron).reduce(0) { $0 + $1.count }
  }

  /// When all neurons were observed: stretches of time in ms, none where at no time all of them were.
  ///
  /// - Complexity: O(stretches of all neurons).
  public var jointObservations: [ClosedRange<Double>] {
    observations.reduce([start...stop]) { Self.intersection($0, $1) }
  }

  /// The bins of `binned(width:)` in which all neurons were observed from beginning to end, as segments of
  /// a fit: ascending and apart from each other.
  ///
  /// - Precondition: the width, in ms, is positive.
  public func observedBins(width: Double) -> [Range<Int>] {
    let rule = BinRule(width: width, for: self)
    let count = rule.bin(of: duration, limit: BinnedSpikes.maximumBinCount)
    return jointObservations.compactMap { stretch in
      let first = Swift.max(((stretch.lowerBound - start - rule.slack) / width).rounded(.up), 0)
      let end = rule.bin(of: stretch.upperBound - start, limit: count)
      return first < Double(end) ? Int(first)..<end : nil
    }
  }
}

extension SpikeTrains {
  /// - Throws: `invalidData` where there are not as many observations as neurons, or one lies outside.
  static func check(
    _ observations: [[ClosedRange<Double>]], neuronCount: Int, within whole: ClosedRange<Double>
  ) throws(SpikingError) {
    guard observations.isEmpty || observations.count == neuronCount else {
      throw SpikingError(
        .invalidData, "observations", found: "those of \(observations.count) neurons",
        expected: "those of \(neuronCount), or none")
    }
    for (neuron, stretches) in observations.enumerated() {
      for stretch in stretches
      where !(stretch.lowerBound >= whole.lowerBound && stretch.upperBound <= whole.upperBound) {
        throw SpikingError(
          .invalidData, "observations[\(neuron)]",
          found: inMilliseconds(stretch.lowerBound, to: stretch.upperBound),
          expected:
            "times from \(inMilliseconds(whole.lowerBound, to: whole.upperBound))")
      }
    }
  }

  /// Observations in order, those that touch as one; none where all neurons were observed throughout.
  static func simplified(
    _ observations: [[ClosedRange<Double>]], whole: ClosedRange<Double>
  ) -> [[ClosedRange<Double>]] {
    let simple = observations.map { union($0) }
    return simple.allSatisfy { $0 == [whole] } ? [] : simple
  }

  /// All time that lies in at least one of some stretches: ascending and apart from each other.
  package static func union(_ stretches: [ClosedRange<Double>]) -> [ClosedRange<Double>] {
    stretches.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { joined, next in
      if let last = joined.last, next.lowerBound <= last.upperBound {
        joined[joined.count - 1] = last.lowerBound...Swift.max(last.upperBound, next.upperBound)
      } else {
        joined.append(next)
      }
    }
  }

  /// What lies in both of two lists of stretches, moments left out.
  static func intersection(
    _ left: [ClosedRange<Double>], _ right: [ClosedRange<Double>]
  ) -> [ClosedRange<Double>] {
    var (first, second) = (0, 0)
    var common: [ClosedRange<Double>] = []
    while first < left.count, second < right.count {
      let lower = Swift.max(left[first].lowerBound, right[second].lowerBound)
      let upper = Swift.min(left[first].upperBound, right[second].upperBound)
      if lower < upper { common.append(lower...upper) }
      if left[first].upperBound < right[second].upperBound { first += 1 } else { second += 1 }
    }
    return common
  }
}

extension RandomAccessCollection where Index == Int {
  /// The first index at which an ascending collection satisfies a condition; its end where none does.
  ///
  /// - Complexity: O(log count).
  func firstPosition(where isReached: (Element) -> Bool) -> Int {
    var (lower, upper) = (startIndex, endIndex)
    while lower < upper {
      let middle = lower + (upper - lower) / 2
      if isReached(self[middle]) { upper = middle } else { lower = middle + 1 }
    }
    return lower
  }
}
