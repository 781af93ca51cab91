import Foundation
import Spiking
import SpikingTestCases
import SpikingTestSupport
import Testing

/// Stimuli that are functions of time against their definitions.
@Suite struct StimulusDefinitionTests {
  @Test func `every stimulus keeps its promises`() throws {
    let regular = RegularStimulus(strength: 2, period: 10, duration: 3)
    let poisson = PoissonStimulus(strength: 3, meanInterval: 20, duration: 5)
    let noise = WhiteNoiseStimulus(stdPerBin: 2, mean: -1)
    let values = NumericArray((0..<1280).map { sin(Double($0)) }, shape: [128, 10])
    let stimuli: [any Stimulus] = [
      regular, poisson, noise, SinusoidStimulus(amplitude: 1, period: 17, phase: 1, start: 3),
      RampStimulus(from: -1, to: 3, start: 5, duration: 100),
      PulseTrainStimulus(times: [100, 3, 7], strength: 2, duration: 5),
      LoadedStimulus(values, scale: 2), LoadedStimulus([1, 2, 3]),
      LoadedStimulus(NumericArray(values.values, shape: [1, 128, 10])),
      FilteredStimulus(signal: [[1, 0, 2], [0, 1, 5]], filters: [[1], [0.5, 0.25]]),
      regular + noise, poisson * noise, (regular + poisson) * (noise + regular),
      ClosureStimulus { $0 / 7 },
    ]
    for stimulus in stimuli { #expect(problems(with: stimulus) == [], "\(stimulus)") }
    let built = Set(Catalogue.standard.stimuli.map { type(of: $0).typeName })
    #expect(built.subtracting(stimuli.map { type(of: $0).typeName }) == [])
    #expect(built.count == Catalogue.standard.stimuli.count)
  }

  @Test(arguments: [1.0, 0.1]) func `a sinusoid follows its formula`(dt: Double) throws {
    let stimulus = SinusoidStimulus(
      amplitude: 1.5, period: 7.3, phase: 0.4, baseline: -0.2, start: 12.3, duration: 40.6)
    let found = try drives(stimulus, bins: 0..<1000, dt: dt).map { $0[0] }
    var active = 0
    for (bin, value) in found.enumerated() {
      let time = Double(bin) * dt
      let isActive = dt == 1 ? (13..<53).contains(bin) : (123..<529).contains(bin)
      let expected = 1.5 * sin(2 * .pi * (time - 12.3) / 7.3 + 0.4) - 0.2
      #expect(abs(value - (isActive ? expected : 0)) < 1e-12, "bin \(bin)")
      active += isActive ? 1 : 0
    }
    #expect(active == (dt == 1 ? 40 : 406))
  }

  @Test func `the sine is precise at all phases and late`() {
    for step in -4000...4000 {
      let phase = Double(step) * 0.01
      let value = SinusoidStimulus(amplitude: 1, period: 1, phase: phase).strength(at: 0)
      #expect(abs(value - sin(phase)) < 1e-14, "\(phase)")
    }
    // A whole number of cycles later it is the same.
    let wave = SinusoidStimulus(amplitude: 1, period: 8)
    for bin in 0..<8 {
      #expect(wave.strength(at: Double(bin)) == wave.strength(at: Double(bin + (1 << 31))))
    }
    for (time, expected) in [(0.0, 0.0), (2, 1), (4, 0), (6, -1)] {
      #expect(abs(wave.strength(at: time) - expected) < 2.3e-16)
    }
  }

  @Test func `a ramp goes from one drive to the other`() throws {
    let ramp = RampStimulus(from: -1, to: 3, start: 0.3, duration: 0.8)
    let found = try drives(ramp, bins: 0..<15, dt: 0.1).map { $0[0] }
    for (bin, value) in found.enumerated() {
      let expected = (3..<11).contains(bin) ? -1 + Double(bin - 3) * 0.5 : 0
      #expect(abs(value - expected) < 1e-12, "bin \(bin)")
    }
  }

  @Test func `a pulse train follows its list of times, in any order`() throws {
    let train = PulseTrainStimulus(times: [30, 4, 6, 20.5], strength: 2, duration: 3)
    let active = (0..<40).filter { train.strength(at: Double($0)) == 2 }
    // 4 and 6 overlap; 20.5 to 23.5 has three bins that start within.
    #expect(active == [4, 5, 6, 7, 8, 21, 22, 23, 30, 31, 32])
    #expect(train.times == [4, 6, 20.5, 30])
    #expect(PulseTrainStimulus(times: [], strength: 2, duration: 3).strength(at: 5) == 0)
  }

  @Test func `no bin of a pulse train is lost to rounding`() throws {
    let times = (0..<1000).map { Double($0) * 0.7 + 0.2 }
    let train = PulseTrainStimulus(times: times, strength: 1, duration: 0.3)
    let regular = RegularStimulus(strength: 1, period: 0.7, duration: 0.3, start: 0.2, stop: 700.2)
    let found = try drives(train, bins: 0..<8000, dt: 0.1)
    #expect(found == (try drives(regular, bins: 0..<8000, dt: 0.1)))
    #expect((0..<8000).filter { found[$0][0] == 1 } == (2..<7002).filter { ($0 - 2) % 7 < 3 })
  }

  @Test func `times and parameters that are no numbers are errors`() {
    expectError(.invalidData, ["PulseTrainStimulus.times", "element [1]", "inf"]) {
      try PulseTrainStimulus(times: [1, .infinity], strength: 1, duration: 1).validate()
    }
    expectError(.invalidParameter, ["SinusoidStimulus.duration", "-1", "≥ 0"]) {
      try SinusoidStimulus(amplitude: 1, period: 1, duration: -1).validate()
    }
    expectError(.invalidParameter, ["PoissonStimulus.meanInterval", "found 0", "≥ 0.001"]) {
      try PoissonStimulus(strength: 1, meanInterval: 0, duration: 1).validate()
    }
    expectError(.invalidParameter, ["WhiteNoiseStimulus.stdPerBin", "-2", "≥ 0"]) {
      try WhiteNoiseStimulus(stdPerBin: -2).validate()
    }
    expectError(.invalidParameter, ["SumStimulus.second.duration", "found 0", "> 0"]) {
      let pulses = RegularStimulus(strength: 1, period: 2, duration: 1)
      try (pulses + RampStimulus(to: 1, duration: 0)).validate()
    }
  }

  private struct Golden: Decodable {
    struct Sinusoid: Decodable {
      let amplitude, period, phase, baseline, duration: Double
      let drive: [Double]
    }
    struct Regular: Decodable {
      let strength, period, duration, stop: Double
      let drive: [Double]
    }
    struct Loaded: Decodable {
      let values, drives: [[[Double]]]
    }
    struct Filtered: Decodable {
      let signal, filters: [[Double]]
      let drive: [Double]
    }
    let sinusoid: Sinusoid
    let regular: Regular
    let loaded: Loaded
    let filtered: Filtered
  }

  @Test func `drives equal those of other packages`() throws {
    let golden: Golden = try golden("stimuli")
    let wave = golden.sinusoid
    let sinusoid = SinusoidStimulus(
      amplitude: wave.amplitude, period: wave.period, phase: wave.phase, baseline: wave.baseline,
      duration: wave.duration)
    for (found, expected) in zip(try drives(sinusoid, bins: 0..<60), wave.drive) {
      #expect(abs(found[0] - expected) < 2e-6)
    }
    let pulses = golden.regular
    let regular = RegularStimulus(
      strength: pulses.strength, period: pulses.period, duration: pulses.duration,
      stop: pulses.stop)
    #expect(try drives(regular, bins: 0..<60).map { $0[0] } == pulses.drive)
    let loaded = try LoadedStimulus(
      networks: golden.loaded.values.map { rows throws(SpikingError) in
        try NumericArray(rows: rows)
      })
    for network in 0..<2 {
      let found = try drives(loaded, bins: 0..<7, neurons: 3, network: network, networks: 2)
      #expect(found == golden.loaded.drives[network])
    }
    let filtered = FilteredStimulus(
      signal: golden.filtered.signal, filters: golden.filtered.filters)
    #expect(filtered.drive.count == golden.filtered.drive.count)
    for (found, expected) in zip(filtered.drive, golden.filtered.drive) {
      #expect(abs(found - expected) < 1e-12)
    }
  }
}
