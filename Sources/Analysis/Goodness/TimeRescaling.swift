public import SpikingFramework
internal import SpikingNumerics

/// The test of a model by rescaling time (Brown, Barbieri, Ventura, Kass and Frank 2002, Neural
/// Comput 14:325), in its form for bins (Haslinger, Pipa and Brown 2010, Neural Comput 22:2477).
///
/// If the model is right, the integrated intensity ξ from one spike to the next is exponential with
/// mean 1, whatever the rate does meanwhile, and z = 1 − e^{−ξ} is uniform. Where within its bin a
/// spike occurred is not known and is drawn, by u uniform on (0, 1), so that this holds exactly:
///
/// - Occupied bins: ξ = Σ q over the bins since the last event + δ,
///   δ = −ln(1 − u (1 − e^{−q})), an exponential number conditioned on being below q. The rest of
///   an occupied bin is not used: the next interval begins with the next bin.
/// - Poisson spikes: n spikes in a bin are at q u₍₁₎ < … < q u₍ₙ₎, in order, as the events of a
///   Poisson process whose number is known. ξ is the difference of successive places, and what
///   remains of a bin after its last spike belongs to the next interval. The first place alone,
///   n unknown, has the distribution of δ above; given n, it has not.
///
/// What comes before the first event and after the last is not counted.
public struct TimeRescaling: Analyzer, Hashable {
  /// What becomes of an interval that spans a gap between segments.
  public enum Gaps: Hashable, Sendable {
    /// It is not counted. Long intervals are then missing more often than short ones: with segments
    /// of integrated intensity L each, a right model has a distance of up to e⁻¹/(L − 1).
    case skipped
    /// The gap takes no time: what remains of one segment and what comes before the first event of
    /// the next are one interval. As time after rescaling has no memory, this is exact.
    case joined
  }

  /// The seed of the places of spikes within bins.
  public var seed: UInt64
  /// What becomes of an interval that spans a gap between segments.
  public var gaps: Gaps

  /// The test with random numbers from `seed`.
  public init(seed: UInt64 = 0, gaps: Gaps = .skipped) {
    self.seed = seed
    self.gaps = gaps
  }

  /// The rescaled intervals, by random numbers that depend on the seed and the neuron alone.
  ///
  /// - Complexity: O(bins + spikes · log spikes).
  public func analyze(_ prediction: PredictedSpikes) -> RescaledIntervals {
    var stream = RandomSource(seed: seed)["time rescaling"].stream(prediction.neuron)
    return rescaled(prediction) { stream.uniform() }
  }

  /// The rescaled intervals, by given numbers of [0, 1), one for each event in order of bins.
  ///
  /// - Throws: `invalidData` where there are not as many numbers as events, or one is outside [0, 1).
  /// - Complexity: O(bins + spikes · log spikes).
  public func analyze(
    _ prediction: PredictedSpikes, uniforms: [Double]
  ) throws(SpikingError) -> RescaledIntervals {
    guard uniforms.count == prediction.eventCount else {
      throw SpikingError(
        .invalidData, "uniforms", found: "\(uniforms.count) numbers",
        expected: "\(prediction.eventCount), one for each event")
    }
    if let index = uniforms.firstIndex(where: { !(0..<1 ~= $0) }) {
      throw SpikingError(
        .invalidData, "uniforms[\(index)]", found: uniforms[index], expected: "0 ≤ u < 1")
    }
    var index = -1
    return rescaled(prediction) {
      index += 1
      return uniforms[index]
    }
  }

  private func rescaled(
    _ prediction: PredictedSpikes, _ uniform: () -> Double
  ) -> RescaledIntervals {
    var intervals: [Double] = []
    // The intensity since the last event; nil before the first.
    var elapsed: Double?
    let starts = gaps == .skipped ? prediction.segmentStarts : []
    for (segment, start) in ([0] + starts.dropFirst()).enumerated() {
      let end = segment + 1 < starts.count ? starts[segment + 1] : prediction.counts.count
      elapsed = nil
      for bin in start..<end {
        let intensity = prediction.intensities[bin]
        let count = prediction.events(in: prediction.counts[bin])
        guard count > 0 else {
          if let before = elapsed { elapsed = before + intensity }
          continue
        }
        var last = 0.0
        for place in places(count, in: intensity, prediction.events, uniform) {
          if let before = elapsed { intervals.append(before + (place - last)) }
          elapsed = 0
          last = place
        }
        elapsed = prediction.events == .poissonSpikes ? intensity - last : 0
      }
    }
    return RescaledIntervals(neuron: prediction.neuron, intensities: intervals)
  }

  /// Where in a bin, as intensity from its beginning, its events lie, in order.
  private func places(
    _ count: Int, in intensity: Double, _ events: PredictedSpikes.Events, _ uniform: () -> Double
  ) -> [Double] {
    switch events {
    case .occupiedBins:
      [-Elementary.log1p(uniform() * Elementary.expm1(-intensity))]
    case .poissonSpikes:
      (0..<count).map { _ in intensity * uniform() }.sorted()
    }
  }
}
