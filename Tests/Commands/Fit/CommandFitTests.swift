import Foundation
import Spiking
import SpikingTestCases
import Testing

/// `spiking fit` and `spiking check`, as a user runs them.
@Suite struct CommandFitTests {
  private let folder: CommandFolder
  private static let network = Result {
    try NormalGenerator(neurons: 8, std: 5, glorot: true).networks(count: 1, seed: 2)[0]
  }

  init() async throws {
    folder = try CommandFolder()
    var model = PoissonGLM()
    model.b = 1
    model.r = 0.2
    let spikes = try await Simulator(model).run([Self.network.get()], steps: 20_000, seed: 3)
    try spikes.write(to: folder.path("spikes.npz"))
  }

  private func fit(_ options: String) throws -> CommandFolder.Run {
    try folder.spiking(
      "fit spikes.npz --history raised-cosine-log:3:10 --coupling raised-cosine-log:2:8 --output fit.npz "
        + options)
  }

  @Test func `a fit is what the library makes of the same spikes`() async throws {
    let run = try fit("--standard-errors")
    #expect(run.exitCode == 0, "\(run.error)")
    #expect(run.created == ["fit.npz"])
    #expect(run.output.contains("8 of 8 fits converged, 19990 bins"))
    #expect(run.output.contains("of 56 couplings at a false discovery rate of 5 %"))
    #expect(run.output.contains("of 8 history filters at a false discovery rate of 5 %"))
    #expect(run.output.contains("stability: linear response +0."))
    #expect(run.output.contains("0 of 20 trial runs of 10 s ran away (95 %: 0 to 16 %)"))
    let spikes = try BinnedSpikes(contentsOf: folder.path("spikes.npz"))
    var fitter = CoupledFitter(
      history: RaisedCosineLogBasis(count: 3, window: 10),
      coupling: RaisedCosineLogBasis(count: 2, window: 8))
    fitter.hasStandardErrors = true
    let expected = try await fitter.fit(spikes)
    let archive = try NumPyArchive(contentsOf: folder.path("fit.npz"))
    #expect(try archive.array("baseline").doubles() == expected.neurons.map(\.baseline))
    let coupling = try archive.array("coupling")
    #expect(coupling.shape == [8, 8, 2])
    let values = try coupling.doubles()
    #expect(Array(values[(3 * 8 + 5) * 2..<(3 * 8 + 6) * 2]) == expected.weights(from: 3, to: 5))
    #expect(values[(4 * 8 + 4) * 2] == 0)
    let history = try archive.array("history")
    #expect(history.shape == [8, 3])
    #expect(try Array(history.doubles()[6..<9]) == expected.neurons[2].weights(of: .history))
    #expect(
      try archive.array("baseline_se").doubles() == expected.neurons.map { $0.standardErrors?[0] })
    #expect(
      try archive.array("history_p").doubles() == expected.neurons.map { $0.pValue(of: .history) })
    let pValues = try archive.array("coupling_p").doubles()
    #expect(pValues[3 * 8 + 5] == expected.neurons[5].pValue(of: .coupling(from: 3)))
    #expect(try archive.array("converged").booleans() == Array(repeating: true, count: 8))
    #expect(try archive.array("coupling_basis").shape == [8, 2])
    #expect(try archive.array("log_likelihood").doubles() == expected.neurons.map(\.logLikelihood))

    let stored = try CoupledFit(contentsOf: folder.path("fit.npz"))
    #expect(stored.nonlinearity is Exponential && stored.emission is PoissonEmission)
    #expect(stored.neurons.map(\.coefficients) == expected.neurons.map(\.coefficients))
    #expect(stored.neurons.map(\.certificate) == expected.neurons.map(\.certificate))
    #expect(stored.filter(from: 1, to: 2) == expected.filter(from: 1, to: 2))
    #expect(stored.warnings == expected.warnings)
  }

  @Test func `under a ridge there are no probabilities, and a line says why`() throws {
    let run = try fit("--ridge 1e-4 --standard-errors")
    #expect(run.exitCode == 0, "\(run.error)")
    #expect(run.output.contains("no probabilities under a ridge"))
    #expect(!run.output.contains("false discovery rate"))
    let names = try NumPyArchive(contentsOf: folder.path("fit.npz")).names
    #expect(names.contains("coupling_se") && !names.contains("coupling_p"))
  }

  @Test func `own filters are no couplings, and a stimulus is tested as they are`() throws {
    let pulse = (0..<20_000).map { $0 / 50 % 4 == 0 ? 1.0 : 0 }
    try NumPyArray(pulse).write(to: folder.path("stimulus.npy"))
    let run = try folder.spiking(
      "fit spikes.npz --history none --coupling raised-cosine-log:2:8 --stimulus stimulus.npy "
        + "--standard-errors --output fit.npz")
    #expect(run.exitCode == 0, "\(run.error)")
    #expect(run.output.contains("of 56 couplings at a false discovery rate of 5 %"))
    #expect(run.output.contains("56 couplings of 8 neurons fitted"))
    #expect(run.output.contains("of 8 history filters at a false"))
    #expect(run.output.contains("of 8 filters of stimulus.npy at a false"))
    let archive = try NumPyArchive(contentsOf: folder.path("fit.npz"))
    let pValues = try archive.array("stimulus_p")
    #expect(try pValues.shape == [8, 1] && pValues.doubles().allSatisfy { 0...1 ~= $0 })
    #expect(!archive.names.contains("history_p"))
    let none = try folder.spiking(
      "fit spikes.npz --stimulus stimulus.npy --stimulus-basis none --output none.npz")
    #expect(none.exitCode == 64 && none.created.isEmpty)
    #expect(none.error.contains("--stimulus-basis: found none beside --stimulus"))
  }

  /// Five of thirty neurons are silent, and others never fire soon after each other.
  @Test func `warnings are a line a neuron and kind, twenty in print and all in the file`()
    async throws
  {
    let rows = try CoupledNeurons(Array(repeating: -5.5, count: 30)).spikes(
      bins: 4000, seed: 35
    ).denseCounts().enumerated().map { $0.offset < 5 ? $0.element.map { _ in 0 } : $0.element }
    try BinnedSpikes(counts: rows, dt: 1).write(to: folder.path("few.npz"))
    let run = try folder.spiking("fit few.npz --standard-errors --output few-fit.npz")
    #expect(run.exitCode == 0, "\(run.error)")
    let lines = run.output.split(separator: "\n")
    #expect(lines.count { $0.hasPrefix("warning: ") } == 20)
    #expect(lines.count { $0.contains("no spikes, the baseline is that of half a spike") } == 5)
    let rest = try #require(lines.first { $0.contains(" more warnings: ") })
    #expect(rest.contains("25 of \u{201c}0 in all bins, kept at 0\u{201d}"))
    let fit = try CoupledFit(contentsOf: folder.path("few-fit.npz"))
    #expect(fit.warnings.count { $0.problem == .silent } == 5)
    #expect(fit.warnings.count { $0.problem == .empty } == 25)
    let archive = try NumPyArchive(contentsOf: folder.path("few-fit.npz"))
    let neurons = try archive.array("warning_neuron").integers()
    #expect(neurons.count == fit.warnings.reduce(0) { $0 + max($1.columns.count, 1) })
    #expect(try archive.array("warning_problem").strings().contains("silent"))
    #expect(
      try archive.array("warning_column").strings()
        .contains("coupling from neuron 0, function 4"))
  }

  @Test func `check evaluates a part that was not fitted`() async throws {
    #expect(try fit("--stop 10000 --quiet").exitCode == 0)
    let run = try folder.spiking(
      "check fit.npz spikes.npz --start 10000 --seed 4 --output results")
    #expect(run.exitCode == 0, "\(run.error)")
    #expect(
      run.created == [
        "results", "results/check.json", "results/check.npz", "results/time-rescaling.png",
        "results/time-rescaling.svg",
      ])
    let rows = try #require(try folder.json("results/check.json")["neurons"] as? [[String: Any]])
    #expect(rows.count == 8)
    let spikes = try BinnedSpikes(contentsOf: folder.path("spikes.npz"))
    let fitter = CoupledFitter(
      history: RaisedCosineLogBasis(count: 3, window: 10),
      coupling: RaisedCosineLogBasis(count: 2, window: 8))
    let fit = try await fitter.fit(spikes, segments: [0..<10_000])
    let predictions = try await fit.predictions(for: spikes, segments: [10_000..<20_000])
    for (row, prediction) in zip(rows, predictions) {
      #expect(row["bins"] as? Int == 9990)
      #expect(row["spikes"] as? Int == prediction.counts.reduce(0, +))
      let logLikelihood = try #require(row["log_likelihood"] as? Double)
      #expect(abs(logLikelihood - prediction.logLikelihood) <= 1e-9 * abs(logLikelihood))
      let bits = try #require(row["bits_per_spike"] as? Double)
      #expect(abs(bits - (try #require(try prediction.goodness().bitsPerSpike))) < 1e-9)
      // The model is right: beyond the 99.99 % point of Kolmogorov's distribution is chance.
      let distance = try #require(row["ks_distance"] as? Double)
      let count = try #require(row["intervals"] as? Int)
      #expect(distance * Double(count).squareRoot() < 2.23)
    }
  }

  @Test func `check gives bands of fitted models`() throws {
    #expect(try fit("--stop 10000 --quiet").exitCode == 0)
    func check(_ options: String) throws -> (rows: [[String: Any]], samples: Int?, text: String) {
      let run = try folder.spiking(
        "check fit.npz spikes.npz --seed 4 --no-figures --output c " + options)
      #expect(run.exitCode == 0, "\(run.error)")
      let document = try folder.json("c/check.json")
      return (
        try #require(document["neurons"] as? [[String: Any]]),
        document["bootstrap_samples"] as? Int, run.output
      )
    }
    func bands(_ rows: [[String: Any]]) throws -> [Double] {
      try rows.map { row in
        let band = try #require(row["ks_band_95"] as? Double)
        return band * Double(try #require(row["intervals"] as? Int)).squareRoot()
      }
    }
    let known = try check("--start 10000")
    #expect(known.samples == 0 && known.text.contains("more often than 5 %"))
    #expect(try bands(known.rows).allSatisfy { abs($0 - 1.36) < 1e-12 })
    let heldOut = try check("--start 10000 --bootstrap 25")
    #expect(heldOut.samples == 25 && heldOut.text.contains("25 simulated fits, held-out"))
    let own = try check("--stop 10000 --bootstrap 25")
    #expect(own.text.contains("25 simulated fits, fitted to this recording"))
    // In its own data a fit is nearer, in others farther.
    let (farther, nearer) = try (bands(heldOut.rows), bands(own.rows))
    #expect(farther.reduce(0, +) > nearer.reduce(0, +) + 1)
    for row in heldOut.rows {
      let p = try #require(row["ks_p_value"] as? Double)
      #expect(abs((p * 26).rounded() - p * 26) < 1e-9 && p > 0)
    }
    let few = try folder.spiking("check fit.npz spikes.npz --bootstrap 5 --output d")
    #expect(few.exitCode == 64 && few.error.contains("--bootstrap"))
  }

  @Test func `stimuli, offsets, masks, signs and trials come from files`() throws {
    var stream = RandomSource(seed: 1).stream()
    let values = (0..<20_000).map { _ in stream.normal() }
    func save(_ array: NumPyArray, _ name: String) throws {
      try array.write(to: folder.path(name))
    }
    try save(NumPyArray(values + values.map { $0 * $0 }, shape: [2, 20_000]), "stimulus.npy")
    try save(NumPyArray(values.map { 0.01 * $0 }), "offset.npy")
    try save(NumPyArray((0..<64).map { $0 % 3 == 0 }, shape: [8, 8]), "mask.npy")
    try save(NumPyArray((0..<8).map { Int64($0 < 4 ? 1 : -1) }), "signs.npy")
    try save(NumPyArray([0.0, 5000, 6000, 15_000], shape: [2, 2]), "trials.npy")
    let run = try fit(
      "--stimulus stimulus.npy --stimulus-basis boxcar:2:4 --offset offset.npy --mask mask.npy "
        + "--signs signs.npy --trials trials.npy")
    #expect(run.exitCode == 0, "\(run.error)")
    let fit = try CoupledFit(contentsOf: folder.path("fit.npz"))
    #expect(fit.binsUsed == 5000 + 9000 - 20)
    #expect(fit.stimuli.map(\.count) == [2, 2])
    for source in 0..<8 {
      for target in 0..<8 where target != source {
        let weights = fit.weights(from: source, to: target)
        #expect(weights.count == ((source * 8 + target) % 3 == 0 ? 2 : 0))
        #expect(weights.allSatisfy { source < 4 ? $0 >= 0 : $0 <= 0 })
      }
    }
    let check = try folder.spiking(
      "check fit.npz spikes.npz --stimulus stimulus.npy --offset offset.npy --no-figures --output c"
    )
    #expect(check.exitCode == 0, "\(check.error)")
    let missing = try folder.spiking("check fit.npz spikes.npz --output d")
    #expect(missing.exitCode == 1 && missing.created.isEmpty)
    #expect(missing.error.contains("--stimulus: found 0 stimuli or channels, expected 2"))
  }

  @Test func `the shape of counts is found, and kept`() throws {
    var random = RandomSource(seed: 8).stream(1)
    let counts = (0..<4000).map { _ in
      (0..<2).map { _ in NegativeBinomialEmission(shape: 2).sample(mean: 0.5, using: &random) }
    }
    try binnedSpikes(counts: counts).write(to: folder.path("counts.npz"))
    let options = "fit counts.npz --history raised-cosine-log:3:10 --coupling none"
    func shape(_ text: String) throws -> (shape: Double, logLikelihood: Double, output: String) {
      let run = try folder.spiking(
        "\(options) --observation negative-binomial --shape \(text) --output shape.npz --force")
      #expect(run.exitCode == 0, "\(run.error)")
      let fit = try CoupledFit(contentsOf: folder.path("shape.npz"))
      let emission = try #require(fit.emission as? NegativeBinomialEmission)
      return (emission.shape, fit.logLikelihood, run.output)
    }
    let found = try shape("fit")
    // 8000 counts tell it to a sixth.
    #expect(abs(log(found.shape / 2)) < 0.6)
    #expect(found.output.contains("shape "))
    for factor in [0.9, 1.1] {
      #expect(try shape("\(found.shape * factor)").logLikelihood < found.logLikelihood)
    }
  }

  @Test(arguments: [
    ("--ridge -1", 64, "--ridge: found -1.0, expected a strength of at least 0"),
    ("--lasso 0.1 --standard-errors", 64, "--standard-errors: found a lasso or signs"),
    (
      "--observation bernoulli --nonlinearity exp", 1,
      "--nonlinearity: found exp, expected one that gives probabilities: logistic"
    ),
    ("--observation negative-binomial", 1, "--shape: found none"),
    ("--shape fit", 1, "--shape: found fit, expected one with --observation negative-binomial"),
    ("--observation negative-binomial --shape wide", 64, "expected a number, or fit"),
    (
      "--observation negative-binomial --shape fit --evidence --ridge 1", 64,
      "--shape: found fit beside --cross-validate or --evidence"
    ),
    ("--observation gauss", 64, "--observation: found \"gauss\", expected one of poisson"),
    ("--start 30000", 1, "--start, --stop: found"),
    ("--start 19995", 1, "expected more than the 10 whose history is not complete"),
    ("--mask spikes.npz", 1, "spikes.npz"),
    ("--stimulus nowhere.npy", 1, "nowhere.npy: cannot be read"),
    ("--threads 0", 64, "--threads: found 0"),
    ("--bin 30000", 1, "spikes.npz, --bin"),
  ])
  func `wrong options are told in one line, and nothing is written`(
    options: String, code: Int, message: String
  ) throws {
    let run = try fit(options)
    #expect(run.exitCode == Int32(code))
    #expect(run.error.contains(message), "\(run.error)")
    #expect(run.errorLines.filter { !$0.isEmpty }.count == 1)
    #expect(run.created.isEmpty)
  }

  @Test func `files that are no fits, and recordings that do not fit, are told`() throws {
    #expect(try fit("--quiet").output.isEmpty)
    let wrong = try folder.spiking("check spikes.npz spikes.npz --output c")
    #expect(wrong.exitCode == 1 && wrong.error.contains("expected a fit"))
    let times = try SpikeTrains(trains: [[1, 2, 3]], start: 0, stop: 100)
    try times.write(to: folder.path("times.npz"))
    let other = try folder.spiking("check fit.npz times.npz --output c")
    #expect(other.exitCode == 1)
    #expect(
      other.error.contains("times.npz: recording: found 1 neurons, expected 8"), "\(other.error)")
  }

  @Test func `times are binned, and two spikes in a bin are no Bernoulli draw`() throws {
    let trains = [[1.0, 3.2, 8, 8.3, 20], [2, 5, 9, 11.5, 30]]
    try SpikeTrains(trains: trains, start: 0, stop: 40).write(to: folder.path("times.npz"))
    let command = "fit times.npz --history none --coupling none --output f.npz"
    #expect(try folder.spiking(command).exitCode == 0)
    let fit = try CoupledFit(contentsOf: folder.path("f.npz"))
    #expect(fit.binsUsed == 40 && fit.neurons.map(\.spikeCount) == [5, 5])
    #expect(abs(fit.neurons[0].baseline - log(5.0 / 40)) < 1e-9)
    let run = try folder.spiking(command + " --observation bernoulli")
    #expect(run.exitCode == 1)
    #expect(
      run.error.contains(
        "times.npz: neuron 0: found several spikes in 1 bin, expected at most one"),
      "\(run.error)")
    let clipped = try folder.spiking(command + " --observation bernoulli --clip")
    #expect(clipped.exitCode == 0)
    #expect(
      clipped.output.hasPrefix("times.npz: 1 of 10 spikes clipped, as second ones in a bin\n"))
    #expect(
      try CoupledFit(contentsOf: folder.path("f.npz")).neurons.map(\.spikeCount) == [4, 5])
    let unclipped = try folder.spiking("check f.npz times.npz --no-figures --output c")
    #expect(
      unclipped.exitCode == 1 && unclipped.error.contains("times.npz: neuron 0: found several"))
    #expect(
      try folder.spiking("check f.npz times.npz --clip --no-figures --output c").exitCode == 0)
    #expect(
      try folder.spiking(command + " --observation bernoulli --bin 0.1 --quiet").exitCode == 0)
    let fine = try CoupledFit(contentsOf: folder.path("f.npz"))
    #expect(abs(fine.neurons[0].baseline - log(5.0 / 395)) < 1e-6)
  }
}
