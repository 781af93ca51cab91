import Foundation
import Spiking
import SpikingTestCases
import Testing

/// Forward selection: the terms that simulated neurons have, and hardly any that they have not.
@Suite struct TermSelectionTests {
  @Test func `simulated neurons get the terms that they have`() async throws {
    let kinds = (0..<100).map { TunedNeurons.Dependence.allCases[$0 % 4] }
    let recording = try TunedNeurons.recording(kinds, bins: 4000, seed: 3)
    let found = try await DesignComparer().select(from: TunedNeurons.design, in: recording)
    #expect(found.candidates == ["direction", "speed"] && found.kept == [])
    var (wrong, exact) = (0, 0)
    for (kind, neuron) in zip(kinds, found.neurons) {
      let truth: Set<String> =
        switch kind {
        case .direction: ["direction"]
        case .speed: ["speed"]
        case .both: ["direction", "speed"]
        case .nothing: []
        }
      #expect(truth.isSubset(of: neuron.terms), "neuron \(neuron.neuron)")
      wrong += neuron.terms.count - truth.count
      if truth == Set(neuron.terms) { exact += 1 }
      #expect(neuron.steps.count == min(neuron.terms.count + 1, 2))
      #expect(kind == .nothing || (neuron.bitsPerSpike ?? 0) > 0.05)
    }
    // Of 25 neurons the better of two terms is tested at 5 %, of 50 one is: 4.9 wrong ones on average, would gains of a needless
    // term be as often above 0 as below. A term that explains nothing predicts worse than none, so that there are fewer.
    #expect(exact >= 95, "\(exact) exactly, \(wrong) terms too many")
  }

  @Test func `terms are kept, and searched in the same bins`() async throws {
    let recording = try TunedNeurons.recording([.both, .nothing], bins: 2000, seed: 5)
    let design = Design(
      TunedNeurons.design.parts + [
        Design.Part(History(RaisedCosineLogBasis(count: 3, window: 10)))
      ])
    var comparer = DesignComparer()
    comparer.folds = 6
    comparer.execution = Execution(threads: 1)
    let found = try await comparer.select(from: design, keeping: ["history"], in: recording)
    #expect(found.kept == ["history"] && found.candidates == ["direction", "speed"])
    #expect(Set(found.neurons[0].terms) == ["direction", "speed"])
    #expect(found.binsUsed == 1990)
    // The last model is that of the whole design, fold by fold.
    let whole = try await comparer.compare([ComparedDesign(design)], in: recording)
    let bits = try #require(whole.neurons[0].bitsPerSpike(0))
    #expect(isClose(found.neurons[0].bitsPerSpike, bits, to: 1e-6))
    #expect(found.folds == whole.folds)
    comparer.execution = Execution(threads: 3)
    let again = try await comparer.select(from: design, keeping: ["history"], in: recording)
    #expect(again.neurons == found.neurons)
    #expect("\(found)".contains("direction + speed") || "\(found)".contains("speed + direction"))
  }

  /// Of neurons that depend on nothing the better of two terms would be added to less than 10 %, were the gains of
  /// needless terms symmetric about 0; they are losses more often.
  @Test func `noise gets no terms beyond the level`() async throws {
    let recording = try TunedNeurons.recording(
      Array(repeating: .nothing, count: 60), bins: 1500, seed: 11)
    let found = try await DesignComparer().select(from: TunedNeurons.design, in: recording)
    let wrong = found.neurons.count { !$0.terms.isEmpty }
    // Three standard deviations above the mean of a binomial number.
    #expect(Double(wrong) <= 60 * 0.0975 + 3 * (60 * 0.0975 * 0.9025).squareRoot())
  }
}
