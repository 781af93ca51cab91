import Spiking
import SpikingTestCases
import Testing

/// The words of block draws, and the decision that each makes. Tolerances are five standard errors,
/// or a probability of 0.001 for tests of a whole distribution, at fixed seeds.
@Suite struct BlockDrawTests {
  private let source = RandomSource(seed: 31)

  /// The words of all neurons: a bound of 1 leaves every neuron in doubt.
  private func words(_ neurons: Int, bin: Int = 0, _ source: RandomSource) -> [Double] {
    var words: [Double] = []
    let bounds = [Float](repeating: 1, count: neurons)
    BlockDraws.candidates(0..<neurons, bounds: bounds.span, bin: bin, random: source) {
      words.append(Double($1))
    }
    return words
  }

  @Test func `words are uniform`() {
    let words = words(1 << 18, source)
    #expect(words.count == 1 << 18)
    let uniform = words.map { ($0 + 0.5) * 0x1p-32 }
    #expect(kolmogorovSmirnov(uniform) { $0 } > 0.001)
    let (mean, error) = meanAndError(uniform)
    #expect(abs(mean - 0.5) < 5 * error)
    let squares = meanAndError(uniform.map { ($0 - 0.5) * ($0 - 0.5) })
    #expect(abs(squares.mean - 1.0 / 12) < 5 * squares.error)
    // Each bit is set in half of the words, with a standard error of √n / 2.
    for bit in 0..<32 {
      let set = words.count { UInt32($0) >> bit & 1 == 1 }
      #expect(abs(Double(set) - 0x1p17) < 5 * 0x1p8, "bit \(bit)")
    }
  }

  /// Lags of 16 are words of one block of the generator, of 1 and 64 those of neighbouring blocks.
  @Test func `words of other neurons, bins, seeds and purposes are independent`() {
    let own = words(1 << 17, source)
    for lag in [1, 2, 3, 15, 16, 17, 32, 48, 63, 64, 128] {
      #expect(abs(correlation(own, lag: lag)) < 5, "neurons \(lag) apart")
    }
    for bin in [-1, 1, 2, 1 << 32] {
      #expect(abs(correlation(own, words(1 << 17, bin: bin, source))) < 5, "bin \(bin)")
    }
    for other in [RandomSource(seed: 32), source["1"], source["2"]] {
      #expect(abs(correlation(own, words(1 << 17, other))) < 5)
    }
    // Pairs of neighbours fill the square: 16 × 16 cells, each as often.
    var cells = [Int](repeating: 0, count: 256)
    for pair in stride(from: 0, to: own.count, by: 2) {
      cells[Int(own[pair] * 0x1p-28) * 16 + Int(own[pair + 1] * 0x1p-28)] += 1
    }
    #expect(chiSquared(cells, [Double](repeating: 1.0 / 256, count: 256)) > 0.001)
  }

  /// The lower tail out to −6 standard deviations of a normal number, a probability of 1e-9, in 2³⁰
  /// words; they are those that spikes of rare events come from.
  @Test func `rare events are as rare as they should be`() {
    let sigmas = [4.0, 5, 6]
    let probabilities = sigmas.map { SpecialFunctions.normalCumulative(-$0) }
    var counts = [0, 0, 0]
    let bounds = [Float](repeating: Float(probabilities[0]), count: 1 << 16)
    for bin in 0..<1 << 14 {
      BlockDraws.candidates(0..<1 << 16, bounds: bounds.span, bin: bin, random: source) {
        for index in probabilities.indices
        where BlockDraws.fires(
          $1, probability: probabilities[index], neuron: $0, bin: bin, random: source)
        {
          counts[index] += 1
        }
      }
    }
    for index in sigmas.indices {
      #expect(
        isPlausible(counts[index], mean: 0x1p30 * probabilities[index]),
        "\(counts[index]) beyond \(sigmas[index]) standard deviations")
    }
  }

  /// Against the definition, u < p for u = (word + v) / 2³² and v = (m + ½) / 2⁵² the neuron's own
  /// number, in whole numbers: 2 (2⁵² word + m) + 1 < 2⁸⁵ p. For the words around p · 2³².
  @Test(arguments: [
    .leastNonzeroMagnitude, 1e-300, 0x1p-85, 0x1p-84, 0x1p-53, 0x1p-40, 0x1p-33, 0x1p-32, 0x1.8p-32,
    1e-9, 0.3, 0.5, 0x1.fffffffep-1, 1 - 0x1p-32, 1 - 0x1p-33, 1 - 0x1p-40, 1 - 0x1p-53,
  ])
  func `a word decides exactly`(probability: Double) {
    let limit = UInt128((probability * 0x1p85).rounded(.up))
    let middle = Int64(probability * 0x1p32)
    var fired = 0
    for neuron in 0..<2000 {
      var stream = source.stream(neuron, at: 5)
      let own = UInt128(stream.next() >> 12)
      for offset in -2...2 {
        guard let word = UInt32(exactly: middle + Int64(offset)) else { continue }
        let fires = BlockDraws.fires(
          word, probability: probability, neuron: neuron, bin: 5, random: source)
        #expect(
          fires == (2 * (UInt128(word) << 52 + own) + 1 < limit), "word \(word), neuron \(neuron)")
        if offset == 0, fires { fired += 1 }
      }
    }
    // The word in the middle fires in the fraction of neurons that is left of the probability.
    let fraction = probability * 0x1p32 - Double(middle)
    let error = (2000 * fraction * (1 - fraction)).squareRoot()
    #expect(abs(Double(fired) - 2000 * fraction) <= 5 * error + 1e-6)
  }

  @Test func `what is impossible never happens and what is certain always does`() {
    /// How many of 1000 neurons with this word fire.
    func firing(_ word: UInt32, _ probability: Double) -> Int {
      (0..<1000).count {
        BlockDraws.fires(word, probability: probability, neuron: $0, bin: 5, random: source)
      }
    }
    for word in [0, 1, 255, 1 << 31, UInt32.max] {
      for never in [0, -0.0, -Double.leastNonzeroMagnitude, -1, -1e300, -Double.infinity] {
        #expect(firing(word, never) == 0, "word \(word), probability \(never)")
      }
      for always in [1, 1.0.nextUp, 2, 1e300, .infinity, .nan] {
        #expect(firing(word, always) == 1000, "word \(word), probability \(always)")
      }
    }
    #expect(firing(1, .leastNonzeroMagnitude) == 0 && firing(.max - 1, 1.0.nextDown) == 1000)
  }

  /// A word below 256 is the only one that a bound of 0 leaves in doubt. Of the 2²⁶ here it is
  /// certain (all but e⁻⁴ for another seed) that some are.
  @Test func `a probability of zero does not fire where the word is smallest`() {
    let neurons = 1 << 16
    let zero = [Float](repeating: 0, count: neurons)
    var found: [(neuron: Int, bin: Int)] = []
    for bin in 0..<1 << 10 {
      BlockDraws.candidates(0..<neurons, bounds: zero.span, bin: bin, random: source) {
        #expect($1 < 256)
        found.append(($0, bin))
      }
    }
    #expect(!found.isEmpty)
    for (neuron, bin) in found {
      let block = neuron / 64 * 64..<neuron / 64 * 64 + 64
      func neurons(firing mean: Double) -> [UInt32] {
        var spikes = BinSpikes()
        BernoulliEmission().sample(
          block, means: [Double](repeating: mean, count: 64), bin: bin, random: source,
          into: &spikes)
        var counts = BinSpikes()
        PoissonEmission().sample(
          block, means: [Double](repeating: mean, count: 64), bin: bin, random: source,
          into: &counts)
        #expect(spikes.neurons == counts.neurons && spikes.fault == nil && counts.fault == nil)
        return spikes.neurons
      }
      for mean in [0, -1, -Double.infinity, .leastNonzeroMagnitude] {
        #expect(neurons(firing: mean) == [])
      }
      #expect(neurons(firing: 0x1p-24) == [UInt32(neuron)])
    }
  }
}
