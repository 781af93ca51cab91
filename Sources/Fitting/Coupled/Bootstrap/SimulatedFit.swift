internal import SpikingFramework
internal import SpikingModels
internal import SpikingNumerics

/// The fit of one neuron, which simulates the neuron among recorded ones and is fitted to that again.
struct SimulatedFit<InverseLink: Nonlinearity, EmissionModel: Emission>: Sendable {
  /// What is tested.
  let recording: RepeatedRecording<InverseLink, EmissionModel>
  /// What is fitted again.
  let training: RepeatedRecording<InverseLink, EmissionModel>
  /// The number of the neuron.
  var neuron: Int { fit.neuron }

  private let fit: NeuronFit
  private let observation: Observation<InverseLink, EmissionModel>
  private let squares: QuadraticPenalty
  /// How the neuron's own spikes act on the bins that follow.
  private let taps: [Double]
  /// What else acts on it, for each bin of one repetition; 0 where none is evaluated.
  private let drives: [Double]
  /// The recorded counts of one repetition: those before the first evaluated bins act on these.
  private let recorded: [Int]
  /// The coefficients that data can tell, and the factor of the second derivatives by them.
  private let free: [Int]
  private let factor: CholeskyFactor?

  init(
    _ neuron: NeuronFit, of fit: CoupledFit,
    recording: RepeatedRecording<InverseLink, EmissionModel>,
    training: RepeatedRecording<InverseLink, EmissionModel>
  ) throws {
    self.fit = neuron
    self.recording = recording
    self.training = training
    let fitter = recording.fitter
    observation = Observation(
      nonlinearity: fitter.nonlinearity, emission: fitter.emission, dt: fit.dt)
    squares = fitter.penaltyRule.quadratic(of: neuron.columns)
    taps = fit.filter(from: neuron.neuron, to: neuron.neuron)
    recorded = recording.counts(of: neuron.neuron)
    let problem = try CoupledProblem(
      fitter, try recording.spikes(), segments: recording.segments, isFitted: false)
    let (objective, centers) = problem.objective(of: neuron.columns)
    drives = Self.drives(neuron, objective, centers, period: recording.period)
    let held = neuron.heldColumns
    let audible = objective.data.audibleColumns(of: neuron.columns).filter { !held.contains($0) }
    let information = objective.informationMatrix(
      centers.centered(neuron.coefficients), of: audible)
    let told = audible.indices.filter { information[$0, $0] > 0 }
    let known = told.map { audible[$0] }
    var curvature = information.selecting(told)
    for index in curvature.entries.indices {
      curvature.entries[index] /= Double(problem.bins.count)
    }
    squares.add(to: &curvature, of: known)
    let dependent = Set(curvature.dependentColumns())
    let places = known.indices.filter { !dependent.contains($0) }
    free = places.map { known[$0] }
    factor = CholeskyFactor(curvature.selecting(places))
  }

  /// Drives without the neuron's own spikes.
  private static func drives(
    _ fit: NeuronFit, _ objective: NeuronObjective<InverseLink, EmissionModel>,
    _ centers: ColumnCenters,
    period: Int
  ) -> [Double] {
    var coefficients = fit.coefficients
    for group in fit.columns.groups
    where group.input == .history || group.input == .coupling(from: fit.neuron) {
      for column in group.columns { coefficients[column] = 0 }
    }
    var drives = [Double](repeating: 0, count: period)
    let evaluated = objective.drives(centers.centered(coefficients))
    for (bin, drive) in zip(objective.data.bins.ranges.joined(), evaluated) { drives[bin] = drive }
    return drives
  }

  /// Counts of the neuron, in all bins and in those that are evaluated.
  struct Sample {
    let recording: RepeatedRecording<InverseLink, EmissionModel>
    var counts: [Int]
    var evaluated: [Int] = []
  }

  /// The neuron, simulated bin by bin from its own spikes and everything else that was recorded; nil where
  /// it runs away.
  func simulated(
    _ recording: RepeatedRecording<InverseLink, EmissionModel>, using random: inout RandomStream
  ) -> Sample? {
    var sample = Sample(
      recording: recording, counts: Array(repeating: 0, count: recording.binCount))
    for segment in recording.segments {
      var own = [Double](repeating: 0, count: segment.count + taps.count)
      for (place, bin) in segment.enumerated() {
        var count = recorded[bin % recording.period]
        if place >= recording.window {
          let mean = observation.mean.mean(at: drives[bin % recording.period] + own[place])
          guard mean <= Double(BinSpikes.maximumCount) else { return nil }
          count = min(
            observation.emission.sample(mean: mean, using: &random), BinSpikes.maximumCount)
          sample.evaluated.append(count)
        }
        guard count > 0 else { continue }
        sample.counts[bin] = count
        for (lag, tap) in taps.enumerated() { own[place + 1 + lag] += Double(count) * tap }
      }
    }
    return sample
  }

  /// −ln P(no spike) of the evaluated bins of a sample, by other coefficients.
  func intensities(of sample: Sample, _ coefficients: [Double]) throws -> [Double] {
    let (objective, centers) = try objective(sample)
    return observation.silences(at: objective.drives(centers.centered(coefficients))).map {
      // Beyond this nothing is more certain, and sums stay finite.
      min(-$0, 1e6)
    }
  }

  /// The coefficients fitted to a sample, from those of the fit, by Newton's method with the second
  /// derivatives at its start; steps are halved where they are too long.
  func refitted(to sample: Sample) throws -> [Double] {
    guard let factor else { return fit.coefficients }
    let (objective, centers) = try objective(sample)
    let bins = Double(sample.evaluated.count)
    var gradient = fit.coefficients
    func value(_ coefficients: [Double]) -> Double {
      let logLikelihood = objective.logLikelihood(coefficients, gradient: &gradient)
      for column in gradient.indices { gradient[column] /= -bins }
      squares.addSlopes(at: coefficients, to: &gradient)
      return squares.value(coefficients) - logLikelihood / bins
    }
    var point = centers.centered(fit.coefficients)
    var least = value(point)
    for _ in 0..<Self.maximumSteps {
      let slopes = free.map { gradient[$0] }
      let step = factor.solving(slopes)
      let excess = 0.5 * zip(step, slopes).reduce(0) { $0 + $1.0 * $1.1 }
      if excess * bins < Self.negligible { break }
      var length = 1.0
      var isLess = false
      while !isLess, length > 1e-3 {
        var candidate = point
        for (column, change) in zip(free, step) { candidate[column] -= length * change }
        let found = value(candidate)
        isLess = found < least
        if isLess { (point, least) = (candidate, found) }
        length /= 2
      }
      if !isLess { break }
    }
    return centers.uncentered(point)
  }

  /// How many nats from the maximum a fit may end: coefficients are then right to within a twentieth of
  /// their standard errors.
  private static var negligible: Double { 1e-3 }
  private static var maximumSteps: Int { 20 }

  private func objective(
    _ sample: Sample
  ) throws -> (objective: NeuronObjective<InverseLink, EmissionModel>, centers: ColumnCenters) {
    let recording = sample.recording
    return try CoupledProblem(
      recording.fitter, try recording.replacing(neuron, by: sample.counts),
      segments: recording.segments, isFitted: false
    ).objective(of: fit.columns)
  }
}
