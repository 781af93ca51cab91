internal import CKernels
internal import SpikingFramework
internal import SpikingNumerics

/// How spikes follow from the drive of a neuron: μ = f(g) dt, x ~ emission(μ).
struct Observation<Link: Nonlinearity, Counts: Emission>: Sendable {
  let nonlinearity: Link
  let emission: Counts
  /// The width of a bin in ms.
  let dt: Double

  /// The log-likelihood of a block of bins, whose drives are in `memory`, and its derivative by the drive
  /// of each, which goes to `memory.slopes`.
  ///
  /// - Parameters:
  ///   - spikes: the spikes of all neurons.
  ///   - positions: where among them those of the neuron in this block are.
  func score(
    _ block: Range<Int>, spikes: FitSpikes, positions: ArraySlice<UInt32>, in memory: BlockMemory
  ) -> Double {
    setMeans(block.count, in: memory)
    var sum = scoreSilence(block.count, in: memory)
    for position in positions {
      let place = Int(spikes.bins[Int(position)]) - block.lowerBound
      let count = Int(spikes.counts[Int(position)])
      let mean = memory.means[place]
      sum += emission.logLikelihood(of: count, mean: mean)
      sum -= emission.logLikelihood(of: 0, mean: mean)
      memory.scores[place] = emission.score(of: count, mean: mean)
    }
    let slopes = memory.slopes + memory.lead
    for index in 0..<block.count { slopes[index] *= memory.scores[index] }
    return sum
  }

  /// The Fisher information on the drive of each bin of a block, (∂μ/∂g)² I(μ), which goes to
  /// `memory.slopes`; 0 where there can be no spike.
  func inform(_ block: Range<Int>, in memory: BlockMemory) {
    setMeans(block.count, in: memory)
    let slopes = memory.slopes + memory.lead
    for index in 0..<block.count {
      let slope = slopes[index]
      // Where both the slope and the variance vanish, nothing is learned from the bin.
      let weight = slope == 0 ? 0 : slope * slope * emission.information(mean: memory.means[index])
      slopes[index] = weight.isFinite ? weight : 0
    }
  }

  /// μ and ∂μ/∂g. A negative rate is that of a silent bin.
  private func setMeans(_ count: Int, in memory: BlockMemory) {
    let (means, slopes) = (memory.means, memory.slopes + memory.lead)
    setRates(count, memory.drives + memory.lead, means, slopes)
    spiking_scale_rates(Int64(count), dt, means, slopes)
  }

  private func setRates(
    _ count: Int, _ drives: UnsafePointer<Double>, _ rates: UnsafeMutablePointer<Double>,
    _ slopes: UnsafeMutablePointer<Double>
  ) {
    var rates = MutableSpan(_unsafeStart: rates, count: count)
    var slopes = MutableSpan(_unsafeStart: slopes, count: count)
    nonlinearity.ratesAndSlopes(
      at: Span(_unsafeStart: drives, count: count), rates: &rates, slopes: &slopes)
  }

  private func scoreSilence(_ count: Int, in memory: BlockMemory) -> Double {
    var scores = MutableSpan(_unsafeStart: memory.scores, count: count)
    return emission.scoreSilence(
      means: Span(_unsafeStart: UnsafePointer(memory.means), count: count), scores: &scores)
  }
}

extension Observation {
  /// The drive at which the expected count is a given one.
  ///
  /// - Throws: `invalidData` where the nonlinearity does not reach it.
  func baseline(meanCount: Double, neuron: Int) throws(SpikingError) -> Double {
    func excess(_ drive: Double) -> Double {
      emission.expectedCount(mean: nonlinearity.rate(at: drive) * dt) - meanCount
    }
    var bound = 1.0
    while bound < 1e6 {
      if let root = BrentRootFinder(tolerance: 1e-14).root(of: excess, in: -bound...bound) {
        return root.position
      }
      bound *= 2
    }
    throw SpikingError(
      .invalidData, "neuron \(neuron)", found: "\(meanCount) spikes a bin",
      expected: "a mean that \(Link.typeName) and \(Counts.typeName) can have")
  }

  /// μ at a drive.
  func mean(at drive: Double) -> Double { max(nonlinearity.rate(at: drive) * dt, 0) }

  /// The Fisher information on the drive in a bin of a mean count; 1 where there is no such drive.
  func information(meanCount: Double, neuron: Int) -> Double {
    guard let drive = try? baseline(meanCount: meanCount, neuron: neuron) else { return 1 }
    let (rate, slope) = nonlinearity.rateAndSlope(at: drive)
    let information = slope * dt * slope * dt * emission.information(mean: rate * dt)
    return information.isFinite && information > 0 ? information : 1
  }
}
