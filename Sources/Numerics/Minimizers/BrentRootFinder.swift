internal import CGSL

/// Finds where a continuous function of one variable is zero, by Brent's method (GSL's
/// `gsl_root_fsolver_brent`): interpolation, with bisection where that fails.
public struct BrentRootFinder: Sendable {
  /// The width of the final bracket, relative to the position of the root.
  public var tolerance: Double
  /// The most steps.
  public var maximumIterations: Int

  /// A root finder that stops at a relative bracket of `tolerance`.
  public init(tolerance: Double = 1e-8, maximumIterations: Int = 100) {
    self.tolerance = tolerance
    self.maximumIterations = maximumIterations
  }

  /// What was found, and whether to believe it.
  public struct Root: Hashable, Sendable {
    /// Where the function was nearest to zero.
    public let position: Double
    /// Its value there.
    public let value: Double
    /// How many steps were taken.
    public let iterations: Int
    /// Whether the value was accepted, or the bracket shrank to the tolerance.
    public let hasConverged: Bool
  }

  /// A root of `function` in `bracket`; nil unless its values at the two ends have opposite signs.
  ///
  /// - Parameter isAccepted: whether a value is near enough to zero; by default only zero is.
  public func root(
    of function: (Double) -> Double, in bracket: ClosedRange<Double>,
    isAccepted: (_ value: Double) -> Bool = { $0 == 0 }
  ) -> Root? {
    ErrorHandling.turnOff()
    guard let solver = gsl_root_fsolver_alloc(spiking_gsl_brent_root()) else { return nil }
    defer { gsl_root_fsolver_free(solver) }
    // GSL itself keeps the end of the bracket, not the best point.
    var best: (position: Double, value: Double)?
    func value(at x: Double) -> Double {
      let value = function(x)
      if abs(value) < best.map({ abs($0.value) }) ?? .infinity { best = (x, value) }
      return value
    }
    let success = Int32(GSL_SUCCESS)
    return withGSLFunction(value(at:)) { target in
      guard
        gsl_root_fsolver_set(solver, target, bracket.lowerBound, bracket.upperBound) == success
      else { return nil }
      var iterations = 0
      var converged = best.map { isAccepted($0.value) } ?? false
      while iterations < maximumIterations, !converged {
        guard gsl_root_fsolver_iterate(solver) == success else { break }
        iterations += 1
        let isNarrow =
          gsl_root_test_interval(
            gsl_root_fsolver_x_lower(solver), gsl_root_fsolver_x_upper(solver), 0, tolerance)
          == success
        converged = isNarrow || best.map { isAccepted($0.value) } ?? false
      }
      return best.map {
        Root(
          position: $0.position, value: $0.value, iterations: iterations, hasConverged: converged)
      }
    }
  }
}
