internal import Foundation
public import SpikingFramework

/// A positive parameter of an emission that was fitted together with the coefficients.
public struct EmissionEstimate: Equatable, Sendable {
  /// What the parameter is called.
  public let name: String
  /// The value under which the spikes of all neurons are most likely.
  public let value: Double
  /// The standard error of its logarithm, coefficients being known; infinite where the likelihood still grows at the end of
  /// the range that is searched, as it does where counts vary no more than Poisson counts.
  public let logStandardError: Double
  /// The fit, whose emission has that value.
  public let fit: CoupledFit
}

extension CoupledFitter {
  /// Fits neurons together with a parameter of the emission that they share, such as the shape of negative binomial counts.
  ///
  /// ```swift
  /// let fitter = CoupledFitter(Exponential(), NegativeBinomialEmission(), history: basis)
  /// let found = try await fitter.fit(spikes, finding: "shape")
  /// print(found.value, found.fit.logLikelihood)
  /// ```
  ///
  /// Coefficients are fitted under a value; that is moved to the maximum of a parabola through the log-likelihoods of five
  /// values, evenly spaced by their logarithms, under these coefficients; and so on with smaller spaces, until it stays. Where
  /// it does, both are at a maximum together. The search begins at the emission's value, and goes as far as 10⁻³ to 10⁶.
  ///
  /// - Parameters:
  ///   - name: the name of the parameter.
  ///   - segments, neurons, execution: as in `fit`.
  /// - Throws: `invalidParameter` where the emission has no such positive parameter; else as `fit`.
  /// - Complexity: that of a fit, and of some hundred evaluations for each neuron.
  public func fit(
    _ spikes: BinnedSpikes, finding name: String, segments: [Range<Int>]? = nil,
    neurons: [Int]? = nil, execution: Execution = Execution()
  ) async throws -> EmissionEstimate {
    guard let start = emission.parameters.first(where: { $0.name == name })?.value, start > 0 else {
      throw SpikingError(
        .invalidParameter, "emission", found: "no positive parameter \(name.debugDescription)",
        expected: emission.parameters.isEmpty
          ? "an emission that has one" : "one of \(emission.parameters.map(\.name))")
    }
    let (neurons, threads) = try Self.schedule(neurons, of: spikes, execution)
    let problem = try CoupledProblem(
      self, spikes, segments: segments, neurons: neurons, threads: threads)
    func candidate(_ logarithm: Double) throws(SpikingError) -> EmissionModel {
      var candidate = emission
      try candidate.setParameter(name, to: exp(logarithm))
      return candidate
    }
    var search = LogarithmSearch(center: log(min(max(start, 1e-3), 1e6)))
    var fits: [NeuronFit] = []
    let report = ProgressCount(
      of: neurons.count * LogarithmSearch.usualRounds, execution.progress)
    while true {
      let observed = problem.observing(try candidate(search.center))
      let others = try search.points.map { try problem.observing(candidate($0)) }
      let (former, isLast) = (fits, search.hasEnded)
      let found = try await concurrentMap(Array(neurons.indices), threads: threads) { index in
        try Task.checkCancellation()
        defer { report.add() }
        let fit = try observed.fit(
          neurons[index], from: former.isEmpty ? nil : former[index].coefficients)
        // A neuron without spikes says nothing.
        let values =
          isLast || fit.spikeCount == 0
          ? others.map { _ in 0 }
          : others.map { $0.meanLogLikelihood(of: fit) * Double($0.bins.count) }
        return (fit: fit, logLikelihoods: values)
      }
      fits = found.map { $0.fit }
      if isLast {
        return EmissionEstimate(
          name: name, value: exp(search.center), logStandardError: search.standardError,
          fit: observed.result(fits))
      }
      search.move(
        by: search.points.indices.map { point in
          found.reduce(0) { $0 + $1.logLikelihoods[point] }
        })
    }
  }
}

/// The search of a maximum by parabolas through five points of smaller and smaller distances.
private struct LogarithmSearch {
  private(set) var center: Double
  private(set) var hasEnded = false
  /// That of the maximum, from the curvature of the last parabola.
  private(set) var standardError = Double.infinity
  private var space = 1.0
  private var rounds = 0

  static let usualRounds = 9
  private static let maximumRounds = 60
  private static let range = log(1e-3)...log(1e6)

  init(center: Double) { self.center = center }

  /// Where values are asked for.
  var points: [Double] {
    (-2...2).map {
      min(max(center + Double($0) * space, Self.range.lowerBound), Self.range.upperBound)
    }
  }

  /// - Parameter values: those at the points.
  mutating func move(by values: [Double]) {
    let points = points
    let former = center
    rounds += 1
    let best = values.indices.max { values[$0] < values[$1] } ?? 2
    if 1...3 ~= best, points[best - 1] < points[best], points[best] < points[best + 1] {
      let curvature = (values[best - 1] + values[best + 1] - 2 * values[best]) / (space * space)
      let slope = (values[best + 1] - values[best - 1]) / (2 * space)
      if curvature < 0 {
        center = points[best] - min(max(slope / curvature, -space), space)
        standardError = (-1 / curvature).squareRoot()
      }
      if space <= 0.002, abs(center - former) < 1e-7 { hasEnded = true }
      space = max(space / 4, 0.002)
    } else {
      center = points[best]
      standardError = .infinity
      if center == former { space /= 4 }
      if [Self.range.lowerBound, Self.range.upperBound].contains(center), center == former {
        hasEnded = true
      }
    }
    if rounds >= Self.maximumRounds { hasEnded = true }
  }
}
