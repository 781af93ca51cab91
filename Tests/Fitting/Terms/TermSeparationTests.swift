import Foundation
import Spiking
import SpikingTestCases
import Testing

/// Terms under whose columns a neuron is silent, or fires in every bin: no finite weight is best, and the end of its interval has
/// a closed form.
@Suite struct TermSeparationTests {
  /// 900 bins of 10 ms, the last 300 in a trial on the right, each of these with an event.
  private func session(_ count: (_ bin: Int, _ isMarked: Bool) -> Int) throws -> BinnedRecording {
    let counts = (0..<900).map { [count($0, $0 >= 600)] }
    let spikes = try binnedSpikes(counts: counts, dt: 10)
    var recording = Recording(spikes, source: "separated")
    let marked = 600..<900
    try recording.add(Recording.Events("lick", times: marked.map { 10 * Double($0) + 5 }))
    try recording.add(
      RecordedSeries(
        "/wheel",
        TimeSeries(
          values: (0..<900).map { $0 >= 600 ? 1 : 0 }, times: .regular(start: 0, step: 10))))
    try recording.add(
      IntervalTable(
        name: "trials", intervals: [0...6000, 6000...9000],
        table: Table([Column("side", .texts(["left", "right"]))])))
    return BinnedRecording(recording, spikes, origin: 0)
  }

  private static let terms: [(name: String, part: Design.Part)] = [
    ("category", Design.Part(Category("trials.side"))),
    ("boxcar", Design.Part(Boxcar(from: 6000, to: 9000))),
    ("event", Design.Part(Event("lick", IdentityBasis(window: 1)))),
    ("signal", Design.Part(StimulusTerm("wheel", IdentityBasis(window: 1)))),
  ]

  /// Of S spikes in N₁ bins and none in N₂ the likelihood with the best baseline is 1.92 below that of −∞ at the weight w with
  /// S ln((N₁ + N₂ eʷ)/N₁) = 1.92.
  @Test(arguments: terms.map(\.name))
  func `silence under a column bounds its weight from above`(_ name: String) async throws {
    let part = try #require(Self.terms.first { $0.name == name }).part
    let session = try session { bin, isMarked in
      isMarked || bin % 7 > 0 ? 0 : 1
    }
    let fit = try await Design([part]).fit(session) { $0.hasStandardErrors = true }
    let warning = try #require(fit.warnings.first, "\(fit.neurons)")
    #expect(fit.warnings.count == 1 && warning.problem == .separatedBelow)
    #expect(warning.columns == [1])
    let spikes = Double(fit.neurons[0].spikeCount)
    #expect(spikes == 86)
    let bound = log(600 / 300 * (exp(1.920729410347062 / spikes) - 1))
    #expect(abs(try #require(warning.bounds.first) - bound) < 1e-4)
    #expect(fit.neurons[0].standardErrors?[1] == .infinity)
    // The others are as likely as without these bins.
    #expect(abs(fit.neurons[0].baseline - log(86.0 / 600 / 10)) < 1e-6)
  }

  @Test(arguments: terms.map(\.name))
  func `a spike in every bin under a column bounds its weight from below`(_ name: String)
    async throws
  {
    let part = try #require(Self.terms.first { $0.name == name }).part
    let session = try session { bin, isMarked in
      isMarked || bin % 7 == 0 ? 1 : 0
    }
    let fit = try await Design([part]).fit(session, Sigmoid(maximum: 0.1), BernoulliEmission()) {
      $0.hasStandardErrors = true
    }
    let warning = try #require(fit.warnings.first, "\(fit.neurons)")
    #expect(fit.warnings.count == 1 && warning.problem == .separatedAbove)
    let bound = try #require(warning.bounds.first)
    // The likelihood with the best baseline b at this weight, by bisection of its slope.
    func slope(_ b: Double) -> Double {
      86 - 600 / (1 + exp(-b)) + 300 - 300 / (1 + exp(-b - bound))
    }
    var (low, high) = (-20.0, 20.0)
    for _ in 0..<100 {
      let middle = (low + high) / 2
      if slope(middle) > 0 { low = middle } else { high = middle }
    }
    func logLikelihood(_ b: Double, _ marked: Double) -> Double {
      86 * b - 600 * log1p(exp(b)) - 300 * log1p(exp(-marked))
    }
    let best = log(86.0 / (600 - 86))
    let drop = logLikelihood(best, .infinity) - logLikelihood(low, low + bound)
    #expect(abs(drop - 1.920729410347062) < 1e-3)
  }
}
