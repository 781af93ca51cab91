internal import CKernels
internal import SpikingFramework
internal import SpikingNumerics

/// How spikes follow from the drive of a neuron: μ = f(g) dt, x ~ emission(μ).
struct Observation<InverseLink: Nonlinearity, EmissionModel: Emission>: Sendable {
  let mean: DrivenMean<InverseLink>
  let emission: EmissionModel

  init(nonlinearity: InverseLink, emission: EmissionModel, dt: Double) {
    mean = DrivenMean(nonlinearity, dt: dt)
    self.emission = emission
  }

  /// The log-likelihood of a block of bins, whose drives are in `memory`, and its derivative by the drive
  /// of each, which goes to `memory.slopes`.
  ///
  /// - Parameters:
  ///   - spikes: the spikes of all neurons.
  ///   - positions: where among them those of the neuron in this block are.
  func evaluate(
    _ block: Range<Int>, spikes: FitSpikes, positions: ArraySlice<UInt32>, in memory: BlockMemory
  ) -> Double {
    evaluateSilence(block.count, in: memory)
    let slopes = memory.slopes + memory.lead
    for position in positions {
      let place = Int(spikes.bins[Int(position)]) - block.lowerBound
      let evaluated = emission.logLikelihoodAndSlope(
        of: Int(spikes.counts[Int(position)]), at: memory.drives[memory.lead + place], of: mean)
      memory.values[place] = evaluated.logLikelihood
      slopes[place] = evaluated.slope
    }
    return spiking_sum(Int64(block.count), memory.values)
  }

  private func evaluateSilence(_ count: Int, in memory: BlockMemory) {
    var logLikelihoods = MutableSpan(_unsafeStart: memory.values, count: count)
    var slopes = MutableSpan(_unsafeStart: memory.slopes + memory.lead, count: count)
    emission.silencesAndSlopes(
      at: Span(_unsafeStart: UnsafePointer(memory.drives) + memory.lead, count: count), of: mean,
      logLikelihoods: &logLikelihoods, slopes: &slopes)
  }

  /// The Fisher information on the drive of each bin of a block, which goes to `memory.slopes`.
  func inform(_ block: Range<Int>, in memory: BlockMemory) {
    var slopes = MutableSpan(_unsafeStart: memory.slopes + memory.lead, count: block.count)
    emission.information(
      at: Span(_unsafeStart: UnsafePointer(memory.drives) + memory.lead, count: block.count),
      of: mean, into: &slopes)
  }
}

extension Observation {
  /// The drive at which the expected count is a given one.
  ///
  /// - Throws: `invalidData` where the nonlinearity does not reach it.
  func baseline(meanCount: Double, neuron: Int) throws(SpikingError) -> Double {
    func excess(_ drive: Double) -> Double {
      emission.expectedCount(mean: mean.nonlinearity.rate(at: drive) * mean.dt) - meanCount
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
      expected: "a mean that \(InverseLink.typeName) and \(EmissionModel.typeName) can have")
  }

  /// The Fisher information on the drive in a bin of a mean count; 1 where there is no such drive.
  func information(meanCount: Double, neuron: Int) -> Double {
    guard let drive = try? baseline(meanCount: meanCount, neuron: neuron) else { return 1 }
    let memory = BlockMemory(bins: 1, lead: 0, tail: 0)
    memory.drives[0] = drive
    inform(0..<1, in: memory)
    return memory.slopes[0] > 0 ? memory.slopes[0] : 1
  }

  /// ℓ of a neuron's counts in the bins that are evaluated at a constant rate, of `meanCount` spikes a bin:
  /// what bits per spike and pseudo-R² compare fits with, whatever offsets and other inputs there are.
  ///
  /// - Throws: as `baseline`.
  func constantLogLikelihood(
    of neuron: Int, in data: CoupledData, meanCount: Double
  ) throws(SpikingError) -> Double {
    let drive = try baseline(meanCount: meanCount, neuron: neuron)
    func logLikelihood(_ count: Int) -> Double {
      emission.logLikelihoodAndSlope(of: count, at: drive, of: mean).logLikelihood
    }
    var (sum, silent) = (0.0, data.bins.count)
    for range in data.bins.ranges {
      for position in data.spikes.positions(of: neuron, in: range) {
        sum += logLikelihood(Int(data.spikes.counts[Int(position)]))
        silent -= 1
      }
    }
    return silent == 0 ? sum : sum + Double(silent) * logLikelihood(0)
  }

  /// ln P(no spike) at many drives.
  func silences(at drives: [Double]) -> [Double] {
    var logLikelihoods = [Double](repeating: 0, count: drives.count)
    var slopes = [Double](repeating: 0, count: drives.count)
    setSilences(at: drives.span, &logLikelihoods, &slopes)
    return logLikelihoods
  }

  private func setSilences(
    at drives: Span<Double>, _ logLikelihoods: inout [Double], _ slopes: inout [Double]
  ) {
    var logLikelihoods = logLikelihoods.mutableSpan
    var slopes = slopes.mutableSpan
    emission.silencesAndSlopes(
      at: drives, of: mean, logLikelihoods: &logLikelihoods, slopes: &slopes)
  }
}
