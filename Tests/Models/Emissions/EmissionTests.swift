import Spiking
import SpikingTestCases
import SpikingTestSupport
import Testing

@Suite struct EmissionTests {
  @Test func `every emission keeps its promises`() {
    #expect(problems(with: BernoulliEmission()) == [])
    #expect(problems(with: PoissonEmission()) == [])
    #expect(problems(with: PoissonEmission(), means: [3, 12], draws: 50_000) == [])
    #expect(
      problems(with: BernoulliEmission(), means: [1, 1.5]).allSatisfy { $0.contains("score") })
    #expect(problems(with: HazardEmission(), means: [0.003, 0.5, 0.9, 1.5, 6]) == [])
  }

  @Test(arguments: [0.05, 0.4, 1, 7, 1e4])
  func `negative binomial counts keep their promises`(shape: Double) {
    let emission = NegativeBinomialEmission(shape: shape)
    #expect(problems(with: emission) == [])
    #expect(problems(with: emission, means: [3, 12, 70], draws: 50_000) == [])
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
    #expect(HazardEmission().logLikelihood(of: 2, mean: 0.25) == -.infinity)
    #expect(HazardEmission().logLikelihood(of: 0, mean: 0) == 0)
    #expect(HazardEmission().logLikelihood(of: 1, mean: 0) == -.infinity)
    #expect(NegativeBinomialEmission().logLikelihood(of: -1, mean: 2) == -.infinity)
    #expect(NegativeBinomialEmission().logLikelihood(of: 0, mean: 0) == 0)
  }

  @Test func `likelihoods and scores equal those computed to sixty digits`() throws {
    struct Table: Decodable { let negativeBinomial, hazard: [[Double]] }
    let table = try golden("emissions", as: Table.self)
    #expect(table.negativeBinomial.count == 150 && table.hazard.count == 18)
    for row in table.negativeBinomial {
      let emission = NegativeBinomialEmission(shape: row[0])
      let (mean, count) = (row[1], Int(row[2]))
      let likelihood = emission.logLikelihood(of: count, mean: mean)
      #expect(abs(likelihood - row[3]) <= 1e-11 * max(1, abs(row[3])), "\(row)")
      #expect(abs(emission.score(of: count, mean: mean) - row[4]) <= 1e-12 * abs(row[4]), "\(row)")
    }
    for row in table.hazard {
      let (mean, count) = (row[0], Int(row[1]))
      let likelihood = HazardEmission().logLikelihood(of: count, mean: mean)
      #expect(abs(likelihood - row[2]) <= 1e-14 * abs(row[2]), "\(row)")
      let score = HazardEmission().score(of: count, mean: mean)
      #expect(abs(score - row[3]) <= 1e-14 * abs(row[3]), "\(row)")
    }
  }

  @Test func `a wrong likelihood, and a wrong expected count, are found out`() {
    /// Leaves out the factorial.
    struct Unnormalized: Emission {
      func sample(mean: Double, using random: inout RandomStream) -> Int {
        random.poisson(mean: mean)
      }
      func variance(mean: Double) -> Double { mean }
      func logLikelihood(of count: Int, mean: Double) -> Double {
        count < 0 ? -.infinity : Double(count) * Elementary.logarithm(mean) - mean
      }
      func score(of count: Int, mean: Double) -> Double { Double(count) / mean - 1 }
    }
    #expect(problems(with: Unnormalized()).contains { $0.contains("sum to") })
    /// Leaves out the second spike of a bin and does not say so.
    struct Single: Emission {
      func sample(mean: Double, using random: inout RandomStream) -> Int {
        min(random.poisson(mean: mean), 1)
      }
      func variance(mean: Double) -> Double { HazardEmission().variance(mean: mean) }
      func logLikelihood(of count: Int, mean: Double) -> Double {
        HazardEmission().logLikelihood(of: count, mean: mean)
      }
      func score(of count: Int, mean: Double) -> Double {
        HazardEmission().score(of: count, mean: mean)
      }
    }
    #expect(problems(with: Single()).contains { $0.contains("was expected") })
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
