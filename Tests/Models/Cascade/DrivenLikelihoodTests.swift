import Foundation
import Spiking
import SpikingTestCases
import Testing

/// Likelihoods as functions of drives, at both ends of the range of numbers.
@Suite struct DrivenLikelihoodTests {
  private struct Table: Decodable {
    let drives: [Double]
    let cases: [NamedCase]
  }

  private struct NamedCase: Decodable {
    let link, emission: String
    let dt: Double
    let count: Int
    let logLikelihoods: [Double?]
    let slopes: [Double]

    enum Key: CodingKey { case `case`, logLikelihoods, slopes }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Key.self)
      var name = try container.nestedUnkeyedContainer(forKey: .case)
      link = try name.decode(String.self)
      emission = try name.decode(String.self)
      dt = try name.decode(Double.self)
      count = try name.decode(Int.self)
      logLikelihoods = try container.decode([Double?].self, forKey: .logLikelihoods)
      slopes = try container.decode([Double].self, forKey: .slopes)
    }
  }

  /// Saturating ones reach one spike a ms.
  private static let links: [String: any Nonlinearity] = [
    "Sigmoid": Sigmoid(), "ComplementaryLogLog": ComplementaryLogLog(), "Probit": Probit(),
    "Threshold": Threshold(deviation: 1, noisyFraction: 0.6), "Exponential": Exponential(),
    "Softplus": Softplus(), "LogLinear": LogLinear(), "Power": Power(), "Rectifier": Rectifier(),
    "Identity": Identity(),
  ]
  private static let emissions: [String: any Emission] = [
    "Bernoulli": BernoulliEmission(), "Poisson": PoissonEmission(), "Hazard": HazardEmission(),
    "NegativeBinomial": NegativeBinomialEmission(shape: 1.5),
  ]

  @Test func `every pair equals four hundred digits, with its derivative, from -700 to 700`() throws
  {
    let table = try golden("driven_likelihoods", as: Table.self)
    #expect(table.cases.count == 140)
    for row in table.cases {
      let link = try #require(Self.links[row.link])
      let emission = try #require(Self.emissions[row.emission])
      for (index, drive) in table.drives.enumerated() {
        let found = logLikelihood(of: row.count, at: drive, link, emission, dt: row.dt)
        let place = "\(row.link), \(row.emission), \(row.dt) ms, \(row.count) at \(drive)"
        guard let value = row.logLikelihoods[index] else {
          #expect(found.value == -.infinity && found.slope == 0, "\(place)")
          continue
        }
        #expect(isClose(found.value, value, 2e-12), "\(place): \(found.value), \(value)")
        // Where a count is its mean, the slope is a difference of equals.
        let rounding =
          row.count > 0 && !(emission is BernoulliEmission || emission is HazardEmission)
          ? 1e-16 : 0
        #expect(
          isClose(found.slope, row.slopes[index], 2e-11, rounding),
          "\(place): slope \(found.slope), \(row.slopes[index])")
      }
    }
  }

  @Test func `no pair gives NaN, and batches are what single drives are`() {
    let drives = stride(from: -700.0, through: 700, by: 6.7).map { $0 } + [-745, -38, 38, 745]
    for link in Self.links.values {
      for emission in Self.emissions.values {
        for dt in [1.0, 0.25] {
          let (values, slopes, information) = batch(drives, link, emission, dt: dt)
          for (index, drive) in drives.enumerated() {
            for count in 0...2 {
              let found = logLikelihood(of: count, at: drive, link, emission, dt: dt)
              #expect(
                !found.value.isNaN && !found.slope.isNaN, "\(link) \(emission) \(count) \(drive)")
              guard count == 0 else { continue }
              #expect(isClose(values[index], found.value, 1e-13), "\(link) \(emission) \(drive)")
              #expect(isClose(slopes[index], found.slope, 1e-11), "\(link) \(emission) \(drive)")
            }
            #expect(information[index] >= 0 && information[index].isFinite)
          }
        }
      }
    }
  }

  @Test func `information is the variance of the score`() {
    let drives = [-30, -3, -0.5, 0.7, 2, 3.4, 20]
    for (name, link) in Self.links where link is any SaturatingNonlinearity {
      for emission in [BernoulliEmission(), HazardEmission()] as [any Emission] {
        for dt in [1.0, 0.25] {
          let information = batch(drives, link, emission, dt: dt).information
          for (index, drive) in drives.enumerated() {
            let expected = (0...1).reduce(0.0) { sum, count in
              let found = logLikelihood(of: count, at: drive, link, emission, dt: dt)
              return sum + exp(found.value) * found.slope * found.slope
            }
            #expect(
              isClose(information[index], expected, 1e-9),
              "\(name) \(emission) \(dt) \(drive): \(information[index]), \(expected)")
          }
        }
      }
    }
  }

  @Test func `a model whose probabilities round to 1 has a likelihood and derivatives`()
    async throws
  {
    // p = σ(60) and −σ(60) in every bin: a silent one costs ln(1 + e⁶⁰), which grows by 1 with −θ.
    var model = BernoulliGLM()
    model.theta = -60
    model.absoluteRefractoryStrength = 0
    model.relativeRefractoryStrength = 0
    let counts = (0..<50).map { [$0 % 10 == 3 ? 0 : 1] }
    let replay = try SpikeReplay(
      of: try binnedSpikes(counts, dt: 1),
      networks: [try Connectivity(matrix: [0], neuronCount: 1)],
      from: 10)
    let found = try await replay.evaluate([LikelihoodPoint(model, parameters: ["theta"])])[0]
    #expect(abs(found.logLikelihood + 4 * 60) < 1e-9)
    #expect(abs(found.gradient[0] - 4) < 1e-6)
  }

  private func logLikelihood(
    of count: Int, at drive: Double, _ link: some Nonlinearity, _ emission: some Emission,
    dt: Double
  ) -> (value: Double, slope: Double) {
    let (value, slope) = emission.logLikelihoodAndSlope(
      of: count, at: drive, of: DrivenMean(link, dt: dt))
    return (value, slope)
  }

  private func batch(
    _ drives: [Double], _ link: some Nonlinearity, _ emission: some Emission, dt: Double
  ) -> (values: [Double], slopes: [Double], information: [Double]) {
    var values = [Double](repeating: 0, count: drives.count)
    var slopes = [Double](repeating: 1, count: drives.count)
    var information = [Double](repeating: 2, count: drives.count)
    fill(&values, &slopes, drives, link, emission, dt: dt)
    fill(&information, drives, link, emission, dt: dt)
    return (values, slopes, information)
  }

  private func fill(
    _ values: inout [Double], _ slopes: inout [Double], _ drives: [Double],
    _ link: some Nonlinearity, _ emission: some Emission, dt: Double
  ) {
    var values = values.mutableSpan
    var slopes = slopes.mutableSpan
    emission.silencesAndSlopes(
      at: drives.span, of: DrivenMean(link, dt: dt), logLikelihoods: &values, slopes: &slopes)
  }

  private func fill(
    _ information: inout [Double], _ drives: [Double], _ link: some Nonlinearity,
    _ emission: some Emission, dt: Double
  ) {
    var information = information.mutableSpan
    emission.information(at: drives.span, of: DrivenMean(link, dt: dt), into: &information)
  }

  private func isClose(
    _ found: Double, _ expected: Double, _ tolerance: Double, _ rounding: Double = 0
  ) -> Bool {
    found == expected || abs(found - expected) <= tolerance * abs(expected) + rounding + 1e-300
  }
}
