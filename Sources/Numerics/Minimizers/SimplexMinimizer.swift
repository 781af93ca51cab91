internal import CGSL

/// Minimizes a function of several variables without derivatives, by the simplex method of Nelder and
/// Mead (1965; GSL's `gsl_multimin_fminimizer_nmsimplex2`), which bears some noise.
public struct SimplexMinimizer: Sendable {
  /// The size of the final simplex.
  public var tolerance: Double
  /// The most steps.
  public var maximumIterations: Int

  /// A minimizer that stops at a simplex of size `tolerance`.
  public init(tolerance: Double = 1e-8, maximumIterations: Int = 1000) {
    self.tolerance = tolerance
    self.maximumIterations = maximumIterations
  }

  /// What a minimisation found, and whether to believe it.
  public struct Minimum: Hashable, Sendable {
    /// Where the function was smallest.
    public let position: [Double]
    /// Its value there.
    public let value: Double
    /// How many steps were taken.
    public let iterations: Int
    /// Whether the value was accepted, or the simplex shrank to the tolerance.
    public let hasConverged: Bool
  }

  /// The minimum of `function` near `start`; nil where the function is not finite at the first simplex.
  ///
  /// - Parameters:
  ///   - function: of as many variables as `start` has, at least one.
  ///   - start: a corner of the first simplex.
  ///   - steps: how far the other corners are from it, along each variable.
  ///   - isAccepted: whether a value is small enough to stop; by default none is.
  public func minimize(
    _ function: ([Double]) -> Double, from start: [Double], steps: [Double],
    isAccepted: (_ value: Double) -> Bool = { _ in false }
  ) -> Minimum? {
    precondition(!start.isEmpty && start.count == steps.count, "a step for each variable")
    ErrorHandling.turnOff()
    guard let solver = gsl_multimin_fminimizer_alloc(spiking_gsl_simplex(), start.count) else {
      return nil
    }
    defer { gsl_multimin_fminimizer_free(solver) }
    // GSL keeps the pointers it is given: both live until the loop below is over.
    return withoutActuallyEscaping(function) { function in
      var context = Context(function: function)
      return withUnsafeMutablePointer(to: &context) { context in
        var target = gsl_multimin_function(
          f: { position, context in
            context.unsafelyUnwrapped.assumingMemoryBound(to: Context.self).pointee.value(
              at: array(position))
          }, n: start.count, params: context)
        return withUnsafeMutablePointer(to: &target) { target in
          iterate(solver, target, start, steps, context, isAccepted)
        }
      }
    }
  }

  /// The function, and where it was smallest so far, which GSL does not know before the first step.
  private struct Context {
    let function: ([Double]) -> Double
    var best: (position: [Double], value: Double)?

    init(function: @escaping ([Double]) -> Double) { self.function = function }

    mutating func value(at position: [Double]) -> Double {
      let value = function(position)
      if value < best?.value ?? .infinity { best = (position, value) }
      return value
    }
  }

  private func iterate(
    _ solver: UnsafeMutablePointer<gsl_multimin_fminimizer>,
    _ target: UnsafeMutablePointer<gsl_multimin_function>, _ start: [Double], _ steps: [Double],
    _ context: UnsafeMutablePointer<Context>, _ isAccepted: (Double) -> Bool
  ) -> Minimum? {
    let success = Int32(GSL_SUCCESS)
    var (start, steps) = (start, steps)
    // GSL copies both vectors.
    let status = start.withUnsafeMutableBufferPointer { start in
      steps.withUnsafeMutableBufferPointer { steps in
        var position = gsl_vector_view_array(start.baseAddress, start.count)
        var size = gsl_vector_view_array(steps.baseAddress, steps.count)
        return gsl_multimin_fminimizer_set(solver, target, &position.vector, &size.vector)
      }
    }
    guard status == success else { return nil }
    var iterations = 0
    var converged = context.pointee.best.map { isAccepted($0.value) } ?? false
    while iterations < maximumIterations, !converged {
      guard gsl_multimin_fminimizer_iterate(solver) == success else { break }
      iterations += 1
      let isSmall =
        gsl_multimin_test_size(gsl_multimin_fminimizer_size(solver), tolerance) == success
      converged = isSmall || context.pointee.best.map { isAccepted($0.value) } ?? false
    }
    return context.pointee.best.map {
      Minimum(
        position: $0.position, value: $0.value, iterations: iterations, hasConverged: converged)
    }
  }
}

/// The elements of a vector of GSL.
private func array(_ vector: UnsafePointer<gsl_vector>?) -> [Double] {
  guard let vector else { return [] }
  return (0..<vector.pointee.size).map { gsl_vector_get(vector, $0) }
}
