import Spiking
import SpikingTestSupport
import Testing

@Suite struct EmissionTests {
  @Test func `every emission keeps its promises`() {
    #expect(problems(with: BernoulliEmission()) == [])
    #expect(problems(with: PoissonEmission()) == [])
    #expect(problems(with: PoissonEmission(), means: [3, 12], draws: 50_000) == [])
  }

  @Test func `an emission with only a scalar draw gets the batch form`() {
    #expect(problems(with: Coin()) == [])
  }

  @Test func `the likelihoods are those of the distributions`() {
    // P(2 | 1.5) = 1.5² e^{−1.5} / 2, P(1 | p) = p.
    #expect(abs(PoissonEmission().logLikelihood(of: 2, mean: 1.5) + 1.38221696) < 1e-8)
    #expect(PoissonEmission().logLikelihood(of: 0, mean: 0) == 0)
    #expect(PoissonEmission().logLikelihood(of: 1, mean: 0) == -.infinity)
    #expect(abs(BernoulliEmission().logLikelihood(of: 1, mean: 0.25) + 1.38629436) < 1e-8)
    #expect(BernoulliEmission().logLikelihood(of: 2, mean: 0.25) == -.infinity)
  }

  /// A Bernoulli emission written as a plugin would.
  private struct Coin: Emission {
    func sample(mean: Double, using random: inout RandomStream) -> Int {
      random.uniform() < mean ? 1 : 0
    }
    func variance(mean: Double) -> Double { mean * (1 - mean) }
    func logLikelihood(of count: Int, mean: Double) -> Double {
      BernoulliEmission().logLikelihood(of: count, mean: mean)
    }
    func score(of count: Int, mean: Double) -> Double {
      BernoulliEmission().score(of: count, mean: mean)
    }
  }
}
