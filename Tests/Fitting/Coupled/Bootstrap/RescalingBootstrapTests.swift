import Foundation
import Spiking
import SpikingTestCases
import Testing

/// Bands of time rescaling for models that were fitted, not known.
@Suite struct RescalingBootstrapTests {
  private static let neurons = 80
  private static let bins = 3000
  private static let history = RaisedCosineLogBasis(count: 3, window: 10)

  /// Neurons of their own with a refractory period, driven by a slow wave: twice as many bins as are
  /// fitted.
  private static func recording() throws -> (spikes: BinnedSpikes, wave: [Double]) {
    let wave = (0..<2 * bins).map { sin(Double($0) / 60) }
    var (neurons, bins): ([UInt32], [UInt32]) = ([], [])
    var last = [Int](repeating: -100, count: Self.neurons)
    for bin in 0..<2 * Self.bins {
      for neuron in 0..<Self.neurons {
        var stream = RandomSource(seed: 21)["data"].stream(neuron, at: bin)
        let recent = exp(-Double(bin - last[neuron] - 1) / 3)
        guard stream.uniform() < 1 / (1 + exp(2.4 - 0.6 * wave[bin] + 2 * recent)) else { continue }
        last[neuron] = bin
        neurons.append(UInt32(neuron))
        bins.append(UInt32(bin))
      }
    }
    let spikes = try BinnedSpikes(
      neurons: neurons, bins: bins, binCount: 2 * Self.bins, dt: 2,
      networkOffsets: Array(0...Self.neurons), seed: nil)
    return (spikes, wave)
  }

  private static func fitter(_ wave: [Double]) -> CoupledFitter<Sigmoid, BernoulliEmission> {
    CoupledFitter(
      Sigmoid(maximum: 0.5), BernoulliEmission(), history: history,
      stimuli: [StimulusCovariate("wave", values: wave, basis: IdentityBasis(window: 1))])
  }

  /// The distances of a fit in some bins, by Kolmogorov's limit and by the bootstrap.
  private func compare(
    _ data: RescalingBootstrap.Data
  ) async throws -> (known: [RescaledIntervals], bootstrap: [RescaledIntervals]) {
    let (spikes, wave) = try Self.recording()
    let fitter = Self.fitter(wave)
    let fit = try await fitter.fit(spikes, segments: [0..<Self.bins])
    let tested = data == .own ? 0..<Self.bins : Self.bins..<2 * Self.bins
    let predictions = try await fit.predictions(
      for: spikes, stimuli: [wave], segments: [tested])
    #expect(predictions.allSatisfy { fit.isFitted(to: $0) == (data == .own) })
    let known = try predictions.map { prediction in
      TimeRescaling(seed: 3, gaps: .joined).analyze(try prediction.spikes())
    }
    let references = try await RescalingBootstrap(samples: 39, data: data, seed: 5).references(
      of: fit, for: spikes, stimuli: [wave], segments: [tested])
    return (known, zip(known, references).map { $0.compared(with: $1) })
  }

  private func outside(_ results: [RescaledIntervals]) throws -> Int {
    try results.count { try #require($0.distance) > (try #require($0.band95)) }
  }

  /// A right model, fitted to as many bins: of 80 neurons 4 ± 2 are to leave a band of 95 %.
  @Test func `held-out data of a right model leave the band as often as stated`() async throws {
    let (known, bootstrap) = try await compare(.heldOut)
    // Of 80, 10 and more have a probability of 0.7 %.
    #expect(try outside(bootstrap) < 10)
    #expect(kolmogorovSmirnov(bootstrap.compactMap(\.pValue)) { $0 } > 0.01)
    // The band of known parameters is too narrow: some 14 % are outside.
    #expect(try outside(known) >= 8)
    #expect(kolmogorovSmirnov(known.compactMap(\.pValue)) { $0 } < 0.01)
    let wider = zip(known, bootstrap).count { ($0.band95 ?? 0) < ($1.band95 ?? 0) }
    #expect(wider > 70)
  }

  @Test func `data that were fitted leave it as often, too`() async throws {
    let (known, bootstrap) = try await compare(.own)
    #expect(try 1..<10 ~= outside(bootstrap))
    #expect(kolmogorovSmirnov(bootstrap.compactMap(\.pValue)) { $0 } > 0.01)
    #expect(try outside(known) <= 2)
    #expect(kolmogorovSmirnov(known.compactMap(\.pValue)) { $0 } < 1e-6)
  }

  /// Coupled Poisson neurons, trials, a ridge, and a recording shorter than that of the fit.
  @Test func `samples depend on the seed alone, and wrong models still leave the band`()
    async throws
  {
    let network = try NormalGenerator(neurons: 4, std: 2, glorot: true).network(0, seed: 1)
    var model = PoissonGLM()
    model.b = 1
    model.r = 0.2
    let spikes = try await Simulator(model).run([network], steps: 5000, seed: 2)
    let basis = RaisedCosineLogBasis(count: 2, window: 6)
    var fitter = CoupledFitter(coupling: basis)
    fitter.penalty.ridge = 1e-5
    let fit = try await fitter.fit(spikes, segments: [0..<3000])
    let trials = [3000..<3400, 3500..<3600, 3700..<4900]
    let bootstrap = RescalingBootstrap(samples: 25, events: .poissonSpikes, seed: 7)
    let one = try await bootstrap.references(
      of: fit, for: spikes, segments: trials, execution: .init(threads: 1))
    let two = try await bootstrap.references(
      of: fit, for: spikes, segments: trials, execution: .init(threads: 2))
    #expect(one == two && one.allSatisfy { $0.count == 25 && $0 == $0.sorted() })
    var other = bootstrap
    other.seed = 8
    #expect(
      try await other.references(of: fit, for: spikes, segments: trials) != one)
    // Statistics of the order of Kolmogorov's: his median is 0.83.
    for statistics in one { #expect(0.5..<2 ~= statistics[12]) }
    // Spikes four times as often as predicted: D is 0.47, √n D of some 45 intervals 3.
    let means = try await fit.predictions(for: spikes, segments: trials)
    for (prediction, reference) in zip(means, one) {
      let wrong = try PredictedSpikes(
        neuron: prediction.neuron, intensities: prediction.intensities.map { $0 / 4 },
        counts: prediction.counts, events: .poissonSpikes)
      let result = TimeRescaling(gaps: .joined).analyze(wrong).compared(with: reference)
      #expect(result.pValue == 1.0 / 26)
    }
  }

  @Test func `bands and p-values are ranks among the samples`() throws {
    let intensities = [0.3, 1.1, 0.2, 2, 0.7]
    let result = TimeRescaling(seed: 1).analyze(
      try PredictedSpikes(
        neuron: 0, intensities: intensities, counts: [1, 1, 1, 1, 1], events: .occupiedBins))
    let root = 4.0.squareRoot()
    let distance = try #require(result.distance)
    #expect(result.reference.isEmpty && result.band95 == 0.68)
    let statistics = (1...199).map { Double($0) / 100 }
    let compared = result.compared(with: statistics.reversed())
    #expect(compared.intervals == result.intervals && compared.distance == distance)
    #expect(compared.band95 == 1.9 / root && compared.band99 == 1.98 / root)
    let larger = statistics.count { $0 >= root * distance }
    #expect(compared.pValue == Double(larger + 1) / 200)
    let few = result.compared(with: Array(statistics.prefix(19)))
    #expect(few.band95 == 0.19 / root && few.band99 == nil)
    #expect(result.compared(with: [1]).band95 == nil)
  }

  @Test func `a lasso and no samples are errors`() async throws {
    let (spikes, wave) = try Self.recording()
    var fitter = Self.fitter(wave)
    let fit = try await fitter.fit(spikes, segments: [0..<500], neurons: [0])
    await #expect(throws: SpikingError.self) {
      try await RescalingBootstrap(samples: 0).references(
        of: fit, for: spikes, stimuli: [wave])
    }
    fitter.penalty.lasso = 1e-3
    let sparse = try await fitter.fit(spikes, segments: [0..<500], neurons: [0])
    let error = await #expect(throws: SpikingError.self) {
      try await RescalingBootstrap().references(of: sparse, for: spikes, stimuli: [wave])
    }
    #expect(error?.description.contains("a fit under a lasso") == true)
  }
}
