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

  /// Ends are found by halving an interval of up to 16 14 times.
  private let tolerance = 16 / Double(1 << 14)

  private static let terms: [(name: String, part: Design.Part)] = [
    ("category", Design.Part(Category("trials.side"))),
    ("boxcar", Design.Part(Boxcar(from: 6000, to: 9000))),
    ("event", Design.Part(Event("lick", IdentityBasis(window: 1)))),
    ("signal", Design.Part(StimulusTerm("wheel", IdentityBasis(window: 1)))),
  ]

  /// With the baseline of the other bins, of S spikes in N₁, the likelihood is 1.92 below that of −∞ where N₂ eʷ S/N₁ = 1.92.
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
    let bound = log(1.920729410347062 / 300 / (spikes / 600))
    #expect(abs(try #require(warning.bounds.first) - bound) < tolerance)
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
    // With the baseline of the other bins: 300 ln(1 + e^−(b + w)) = 1.92.
    let baseline = log(86.0 / (600 - 86))
    #expect(abs(300 * log1p(exp(-baseline - bound)) - 1.920729410347062) < 2 * tolerance)
    #expect(abs(fit.neurons[0].baseline - baseline) < 1e-6)
  }
}
