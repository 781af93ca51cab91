import Spiking
import SpikingTestCases
import SpikingTestSupport
import Testing

/// The plugins that `Docs/Plugins.md` shows.
@Suite struct PluginGuideTests {
  struct NoiseStimulus: Stimulus {
    var std = 1.0

    func strength(at time: Double) -> Double { 0 }

    func add(to drive: inout MutableSpan<Double>, of targets: BlockTargets, at moment: Moment) {
      for index in targets.indices {
        var stream = moment.random.stream(targets.neurons.lowerBound + index, at: moment.bin)
        drive[index] += stream.normal(standardDeviation: std)
      }
    }
  }

  struct RingGenerator: ConnectivityGenerator {
    var neurons = 50
    var weight = 1.0

    mutating func visitParameters(_ visit: inout some ParameterVisitor) {
      visit("neurons", &neurons, in: .neuronCount)
      visit("weight", &weight, in: .real)
    }

    func connectivity(random: RandomSource) throws(SpikingError) -> Connectivity {
      try validate()
      var rows = SparseRows(neuronCount: neurons)
      for source in 0..<neurons {
        rows.append((source + 1) % neurons, Float(weight))
        rows.endRow()
      }
      return try Connectivity(rows: rows)
    }
  }

  @Test func `they keep the promises of their protocols`() throws {
    #expect(problems(with: NoiseStimulus()) == [])
    #expect(problems(with: RingGenerator()) == [])
    let ring = try RingGenerator(neurons: 3, weight: 2).network(0, seed: 0)
    #expect(ring.matrix() == [0, 2, 0, 0, 0, 2, 2, 0, 0])
  }

  @Test func `broken plugins are found out`() {
    /// Adds to neurons that are no targets.
    struct Leaky: Stimulus {
      func strength(at time: Double) -> Double { 1 }
      func add(to drive: inout MutableSpan<Double>, of targets: BlockTargets, at moment: Moment) {
        for index in drive.indices { drive[index] += 1 }
      }
    }
    #expect(problems(with: Leaky()).contains { $0.contains("no target") })
    /// Draws from the same stream for every neuron of a block.
    struct Blocked: Stimulus {
      func strength(at time: Double) -> Double { 0 }
      func add(to drive: inout MutableSpan<Double>, of targets: BlockTargets, at moment: Moment) {
        var stream = moment.random.stream(at: moment.bin)
        for index in targets.indices { drive[index] += stream.normal() }
      }
    }
    #expect(problems(with: Blocked()).contains { $0.contains("division") })
    /// States a slope that is not its own.
    struct Steep: Nonlinearity {
      func rate(at drive: Double) -> Double { drive * drive }
      func rateAndSlope(at drive: Double) -> (rate: Double, slope: Double) {
        (drive * drive, drive)
      }
    }
    #expect(problems(with: Steep()).contains { $0.contains("slope") })
    /// Bounds from below.
    struct Loose: Nonlinearity {
      func rate(at drive: Double) -> Double { drive * drive }
      func upperBounds(at drives: Span<Double>, into bounds: inout MutableSpan<Float>) {
        for index in drives.indices { bounds[index] = 0 }
      }
    }
    #expect(problems(with: Loose()).contains { $0.contains("bound") })
    /// Fires half as often as asked.
    struct Lazy: Emission {
      func sample(mean: Double, using random: inout RandomStream) -> Int {
        random.uniform() < mean / 2 ? 1 : 0
      }
      func variance(mean: Double) -> Double { mean * (1 - mean) }
      func logLikelihood(of count: Int, mean: Double) -> Double { 0 }
      func score(of count: Int, mean: Double) -> Double { 0 }
    }
    #expect(problems(with: Lazy()).contains { $0.contains("mean") })
  }
}
