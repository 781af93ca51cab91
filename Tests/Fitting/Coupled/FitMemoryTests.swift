import Foundation
import Spiking
import SpikingTestCases
import Testing

/// What fits take in memory: it goes with what fires and is fitted, and is known before.
@Suite struct FitMemoryTests {
  #if os(Linux)
    private func silent(_ neurons: Int, stop: Double = 1000) throws -> CommandFolder {
      let folder = try CommandFolder()
      let recording = try SpikeTrains(
        times: [], offsets: Array(repeating: 0, count: neurons + 1), start: 0, stop: stop)
      try recording.write(to: folder.path("silent.npz"))
      return folder
    }

    @Test func `silent neurons that are not coupled take next to nothing`() throws {
      let folder = try silent(100_000)
      let run = try folder.spiking(
        "fit silent.npz --coupling none --quiet --output fit.npz", gigabytes: 1)
      expectSuccess(run)
      // A number of 8 bytes for each of some twenty columns.
      #expect(try folder.bytes("fit.npz").count < 40_000_000)
      let fit = try CoupledFit(contentsOf: folder.path("fit.npz"))
      #expect(fit.neurons.count == 100_000 && fit.coupling == nil)
      #expect(fit.neurons[99_999].coefficients == fit.neurons[0].coefficients)
    }

    @Test func `what a fit cannot have is said before, with what would take less`() throws {
      let folder = try silent(100_000)
      let run = try folder.spiking("fit silent.npz --output fit.npz", gigabytes: 1)
      // 10¹⁰ pairs, five functions, 8 bytes: 400 GB as weights, and again as a file.
      expectFailure(
        run,
        [
          "silent.npz: fit: found ",
          "0 GB of memory for a fit, most of it for weights of 100000 coupled",
          "--coupling none", "(--memory)",
        ])
      let small = try silent(50)
      let command = "fit silent.npz --quiet --output fit.npz --memory"
      expectFailure(
        try small.spiking("\(command) 0.0001"), ["silent.npz: fit: found 0.0", "0.0001 GB"])
      expectSuccess(try small.spiking("\(command) 0.1"))
    }

    @Test func `a window takes nothing beyond its functions where nothing fires`() throws {
      let folder = try silent(50, stop: 20_000)
      let basis = "raised-cosine-log:5:9000"
      let run = try folder.spiking(
        "fit silent.npz --history \(basis) --coupling \(basis) --quiet --output fit.npz",
        gigabytes: 1)
      expectSuccess(run)
    }

    @Test func `narrow bins are counted before they are made`() throws {
      let folder = try silent(1)
      for option in ["--bin 1e-7", "--bin 3e-7"] {
        let run = try folder.spiking(
          "fit silent.npz --coupling none --quiet --output fit.npz \(option)", gigabytes: 1)
        expectFailure(
          run,
          option == "--bin 1e-7"
            ? ["silent.npz, --bin: width", "no more than 4294967295 bins"]
            : ["silent.npz: fit: found", "most of it for 3333333333 bins", "wider bins (--bin)"])
      }
    }
  #endif

  @Test func `the limit of a fitter is its own`() async throws {
    let spikes = try BinnedSpikes(
      neurons: [0, 1, 0], bins: [10, 20, 30], binCount: 1000, dt: 1, networkOffsets: [0, 2],
      seed: nil)
    let basis = RaisedCosineLogBasis(count: 2, window: 5)
    var fitter = CoupledFitter(history: basis, coupling: basis)
    fitter.memoryLimit = MemoryLimit(bytes: 1000)
    do {
      _ = try await fitter.fit(spikes)
      Issue.record("no error")
    } catch let error as SpikingError {
      #expect(error.code == .exceedsMemory && error.subject == "fit")
      #expect(error.description.contains("expected at most 0.000001 GB"))
    }
    fitter.memoryLimit = MemoryLimit(bytes: 1e9)
    #expect(try await fitter.fit(spikes).neurons.count == 2)
  }

  @Test func `numbers of bytes are told in gigabytes`() {
    #expect(inGigabytes(2_351_000_000) == "2.35 GB" && inGigabytes(4e12) == "4000 GB")
    let limit = MemoryLimit(bytes: 1e9)
    #expect(throws: Never.self) { try limit.require(1e9, "x", for: "y", advice: "z") }
    expectError(.exceedsMemory, ["x: found NaN GB of memory for y, expected at most 1 GB: z"]) {
      try limit.require(.nan, "x", for: "y", advice: "z")
    }
    #expect(MemoryLimit.standard.bytes > 1e8)
  }

  /// Silent neurons among others change no weight of these.
  @Test(arguments: [0.0, 1e-3])
  func `silent neurons leave the others as they are`(ridge: Double) async throws {
    let spikes = try await simulated(neurons: 4, steps: 8000)
    // The same spikes of neurons 0, 2, 4, 6, with silent ones between.
    let wider = try BinnedSpikes(
      neurons: spikes.neurons.map { 2 * $0 }, bins: spikes.bins, counts: spikes.counts,
      binCount: spikes.binCount, dt: 1, networkOffsets: [0, 8], seed: nil)
    let basis = RaisedCosineLogBasis(count: 3, window: 10)
    var fitter = CoupledFitter(history: basis, coupling: basis)
    fitter.penalty.ridge = ridge
    fitter.hasStandardErrors = true
    let (alone, among) = (try await fitter.fit(spikes), try await fitter.fit(wider))
    for neuron in 0..<4 {
      let (expected, found) = (alone.neurons[neuron], among.neurons[2 * neuron])
      #expect(abs(found.logLikelihood - expected.logLikelihood) < 1e-6)
      #expect(found.columns.count == 1 + 3 + 7 * 3)
      // Under a ridge the weights of silent neurons are free, and 0.
      #expect(found.freeCount == (ridge > 0 ? found.columns.count : expected.freeCount))
      for source in 0..<4 where source != neuron {
        let weights = zip(
          found.weights(of: .coupling(from: 2 * source)),
          expected.weights(of: .coupling(from: source)))
        #expect(weights.allSatisfy { abs($0 - $1) < 1e-5 * (1 + abs($1)) })
        #expect(found.weights(of: .coupling(from: 2 * source + 1)) == [0, 0, 0])
      }
      #expect(found.standardErrors?.count { $0 == .infinity } ?? 0 >= 12)
      let isEmpty = found.warnings.contains { $0.problem == .empty && $0.columns.count == 12 }
      #expect(isEmpty == (ridge == 0))
    }
    #expect(among.neurons[1].spikeCount == 0 && among.neurons[1].warnings[0].problem == .silent)
  }

  /// Windows so long that columns are gone through block by block give the weights that short ones do, whose
  /// products are sums over pairs of spikes: functions that are 0 beyond a lag are the same functions.
  @Test func `long windows are fitted as short ones`() async throws {
    let spikes = try await simulated(neurons: 4, steps: 12_000)
    let short = try BasisMatrix(RaisedCosineLinearBasis(count: 3, window: 30))
    // 4 · 4200 · 4208 numbers are more than half a gigabyte.
    let window = 4200
    let long = BasisMatrix(
      count: 3, window: window,
      values: short.values + Array(repeating: 0, count: 3 * (window - 30)))
    var fits: [CoupledFit] = []
    for (basis, start) in [(short, window - 30), (long, 0)] {
      var fitter = CoupledFitter(history: basis, coupling: basis)
      fitter.hasStandardErrors = true
      fits.append(try await fitter.fit(spikes, segments: [start..<spikes.binCount]))
    }
    #expect(fits[0].binsUsed == 12_000 - window && fits[1].binsUsed == fits[0].binsUsed)
    for (expected, found) in zip(fits[0].neurons, fits[1].neurons) {
      #expect(abs(expected.logLikelihood - found.logLikelihood) < 1e-7)
      for (left, right) in zip(expected.coefficients, found.coefficients) {
        #expect(abs(left - right) < 1e-5 * (1 + abs(left)))
      }
      for (left, right) in zip(expected.standardErrors ?? [], found.standardErrors ?? []) {
        #expect(left == right || abs(left - right) < 1e-5 * left)
      }
    }
  }

  private func simulated(neurons: Int, steps: Int) async throws -> BinnedSpikes {
    var model = PoissonGLM()
    model.b = 1
    model.r = 0.2
    let network = try NormalGenerator(neurons: neurons, std: 3, glorot: true).networks(
      count: 1, seed: 4)[0]
    return try await Simulator(model).run([network], steps: steps, seed: 5)
  }
}
