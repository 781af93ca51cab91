internal import CGSL

/// Minimizes a function of one variable by Brent's method (GSL's `gsl_min_fminimizer_brent`).
public struct BrentMinimizer: Sendable {
  /// The width of the final bracket, relative to the position of the minimum.
  public var tolerance: Double
  /// The most evaluations.
  public var maximumIterations: Int

  /// A minimizer that stops at a relative bracket of `tolerance`.
  public init(tolerance: Double = 1e-8, maximumIterations: Int = 200) {
    self.tolerance = tolerance
    self.maximumIterations = maximumIterations
  }

  /// What a minimisation found, and whether to believe it.
  public struct Minimum: Hashable, Sendable {
    /// Where the function was smallest.
    public let position: Double
    /// Its value there.
    public let value: Double
    /// How many steps were taken.
    public let iterations: Int
    /// Whether the bracket shrank to the tolerance.
    public let hasConverged: Bool
  }

  /// The minimum of `function` in `bracket`; nil unless the function is lower at `guess`, inside,
  /// than at both ends.
  public func minimize(
    _ function: (Double) -> Double, in bracket: ClosedRange<Double>, from guess: Double
  ) -> Minimum? {
    ErrorHandling.turnOff()
    guard let solver = gsl_min_fminimizer_alloc(spiking_gsl_brent_minimum()) else { return nil }
    defer { gsl_min_fminimizer_free(solver) }
    return withGSLFunction(function) { iterate(solver, $0, bracket, guess) }
  }

  private func iterate(
    _ solver: UnsafeMutablePointer<gsl_min_fminimizer>,
    _ target: UnsafeMutablePointer<gsl_function>,
    _ bracket: ClosedRange<Double>, _ guess: Double
  ) -> Minimum? {
    let success = Int32(GSL_SUCCESS)
    guard
      gsl_min_fminimizer_set(solver, target, guess, bracket.lowerBound, bracket.upperBound)
        == success
    else { return nil }
    var iterations = 0
    var converged = false
    while iterations < maximumIterations, !converged {
      guard gsl_min_fminimizer_iterate(solver) == success else { break }
      iterations += 1
      converged =
        gsl_min_test_interval(
          gsl_min_fminimizer_x_lower(solver), gsl_min_fminimizer_x_upper(solver), tolerance,
          tolerance) == success
    }
    return Minimum(
      position: gsl_min_fminimizer_x_minimum(solver),
      value: gsl_min_fminimizer_f_minimum(solver), iterations: iterations, hasConverged: converged)
  }
}
