import Foundation
import Spiking
import SpikingTestCases
import Testing

/// A network whose rate passes a bound is stopped, with an error that says which, when and why.
@Suite struct RateGuardTests {
  /// A ring in which every neuron excites the next: the spectral radius is the weight.
  private func ring(_ weight: Float, name: String = "") throws -> Connectivity {
    var rows = SparseRows(neuronCount: 20)
    for source in 0..<20 {
      rows.append((source + 1) % 20, weight)
      rows.endRow()
    }
    return try Connectivity(name: name, rows: rows)
  }

  private func model(rate: Double) -> PoissonGLM {
    var model = PoissonGLM()
    model.alpha = 1000 / rate
    return model
  }

  @Test func `a rate beyond the bound stops the run`() async throws {
    // 20 neurons at 300 Hz fire 600 times in 100 ms; 4 standard deviations are 98 spikes, or 49 Hz.
    for (bound, isStopped) in [(240.0, true), (360.0, false), (Double.infinity, false)] {
      let networks = try [ring(0.001), ring(0.002, name: "second")]
      let simulator = Simulator(model(rate: 300), maximumRate: bound)
      guard isStopped else {
        _ = try await simulator.run(networks, steps: 1000, seed: 1)
        continue
      }
      for threads in [1, 2] {
        let error = await #expect(throws: SpikingError.self) {
          try await simulator.run(
            networks, steps: 1000, equilibration: 0, seed: 1, execution: .init(threads: threads))
        }
        #expect(error?.code == .runaway)
        let text = error?.description ?? ""
        #expect(
          text.hasPrefix("network 0: found ") && text.contains("Hz a neuron from 0.0 to 100.0 ms"))
        #expect(
          text.contains("at most 240.0 Hz") && text.contains("spectral radius of the weights 0.001")
        )
      }
    }
  }

  @Test func `the error names the network that ran away`() async throws {
    let networks = try [ring(0.001, name: "calm"), ring(3, name: "wild")]
    for maximumRate in [2000, Double.infinity] {
      let error = await #expect(throws: SpikingError.self) {
        try await Simulator(model(rate: 20), maximumRate: maximumRate).run(
          networks, steps: 10_000, seed: 1)
      }
      #expect(error?.code == .runaway && error?.subject == "network wild")
      #expect(error?.message.contains("spectral radius of the weights 3.0") == true)
    }
  }

  /// A Bernoulli model in which every neuron fires with a probability, whatever the others do.
  private func bernoulli(_ probability: Double, dt: Double) throws -> CoupledGLM {
    let drive = log(probability / (1 - probability))
    return try CoupledGLM(
      Sigmoid(maximum: 1 / dt), BernoulliEmission(), dt: dt,
      baselines: Array(repeating: drive, count: 20), filters: [], window: 0)
  }

  @Test func `a Bernoulli network is stopped near what it can do at most`() async throws {
    let network = try Connectivity(matrix: Array(repeating: 0, count: 400), neuronCount: 20)
    // 924 Hz in bins of 1 ms, of which 1000 can be; as many of at most 100 in bins of 10 ms, where a network
    // at half of it is not out of control.
    for (probability, dt, bound) in [(0.924, 1.0, 750.0), (0.924, 10, 75)] {
      let error = await #expect(throws: SpikingError.self) {
        try await Simulator(bernoulli(probability, dt: dt)).run([network], steps: 1000, seed: 1)
      }
      #expect(error?.code == .runaway && error?.message.contains("at most \(bound) Hz") == true)
      _ = try await Simulator(bernoulli(0.5, dt: dt)).run([network], steps: 1000, seed: 1)
      // Whoever wants it can have it.
      let spikes = try await Simulator(bernoulli(probability, dt: dt), maximumRate: .infinity).run(
        [network], steps: 1000, seed: 1)
      #expect(abs(Double(spikes.spikeCount) - 18_480) < 5 * (18_480.0 * 0.076).squareRoot())
    }
    // A nonlinearity that saturates at 1 spike per ms saturates in narrow bins, too.
    var always = BernoulliGLM()
    always.theta = -1000
    always.dt = 0.1
    always.absoluteRefractoryScale = 0
    always.relativeRefractoryScale = 0
    await #expect(throws: SpikingError.self) {
      try await Simulator(always).run([ring(1)], steps: 10_000, seed: 1)
    }
  }

  @Test(arguments: [1.0, 10])
  func `one neuron that fires in half of its bins is not stopped by chance`(dt: Double) async throws
  {
    var model = try bernoulli(0.5, dt: dt)
    model = try CoupledGLM(
      model.nonlinearity, model.emission, dt: dt, baselines: [0], filters: [], window: 0)
    let single = try Connectivity(matrix: [0], neuronCount: 1)
    let spikes = try await Simulator(model).run([single], steps: 100_000, seed: 1)
    #expect(abs(Double(spikes.spikeCount) - 50_000) < 5 * 25_000.0.squareRoot())
  }

  @Test func `counts without a ceiling are stopped at 750 Hz`() async throws {
    _ = try await Simulator(model(rate: 700)).run([ring(0.001)], steps: 2000, seed: 1)
    await #expect(throws: SpikingError.self) {
      try await Simulator(model(rate: 800)).run([ring(0.001)], steps: 2000, seed: 1)
    }
    #expect(Simulator(PoissonGLM()).maximumRate == 750)
    #expect(BernoulliEmission().maximumCount == 1 && HazardEmission().maximumCount == 1)
    #expect(PoissonEmission().maximumCount == .infinity)
    #expect(NegativeBinomialEmission(shape: 2).maximumCount == .infinity)
  }

  @Test func `the earliest network is named, however the run is divided`() async throws {
    // 200 Hz are 400 ± 20 spikes of a window; 236 Hz are passed in some thousand windows.
    let networks = try [ring(0.001, name: "a"), ring(0.002, name: "b")]
    let simulator = Simulator(model(rate: 200), maximumRate: 236)
    var messages: Set<String> = []
    for part in [7, 1000, 1_000_000] {
      var simulation = try simulator.start(networks, seed: 1)
      do {
        while true { _ = try await simulation.advance(to: simulation.bin + part) }
      } catch {
        messages.insert("\(error)")
      }
    }
    #expect(messages.count == 1)
  }

  @Test func `bins of any width can be guarded`() async throws {
    var narrow = BernoulliGLM()
    narrow.dt = 1e-300
    #expect(try await Simulator(narrow).run([ring(1)], steps: 50, seed: 1).spikeCount == 0)
  }

  @Test func `a run that was stopped does not go on`() async throws {
    var simulation = try Simulator(model(rate: 300), maximumRate: 100).start([ring(0.001)], seed: 1)
    var errors: [String] = []
    for _ in 0..<2 {
      do { _ = try await simulation.advance(to: 1000) } catch { errors.append("\(error)") }
    }
    #expect(errors.count == 2 && errors[0] == errors[1])
    let error = #expect(throws: SpikingError.self) { try simulation.checkpoint() }
    #expect(error?.code == .runaway)
  }

  @Test func `a resumed run is stopped in the same bin`() async throws {
    let simulator = Simulator(model(rate: 300), maximumRate: 240)
    let networks = [try ring(0.001)]
    var simulation = try simulator.start(networks, equilibration: 0, seed: 1)
    _ = try await simulation.advance(to: 60)
    var resumed = try simulator.resume(networks, from: simulation.checkpoint())
    let error = await #expect(throws: SpikingError.self) { try await resumed.advance(to: 1000) }
    #expect(error?.message.contains("from 0.0 to 100.0 ms") == true)
  }

  @Test(arguments: [0, -1, Double.nan])
  func `a bound that is no rate is an error`(rate: Double) throws {
    let error = #expect(throws: SpikingError.self) {
      _ = try Simulator(BernoulliGLM(), maximumRate: rate).start([ring(1)], seed: 1)
    }
    #expect(error?.code == .invalidParameter)
  }
}
