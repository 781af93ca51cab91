internal import CGSL

/// Minimizes a function of several variables along its gradient (GSL's `gsl_multimin_fdfminimizer`).
///
/// ```swift
/// let minimum = GradientMinimizer().minimize(from: [0, 0]) { position, gradient in
///   gradient = [2 * (position[0] - 1), 2 * position[1]]
///   return (position[0] - 1) * (position[0] - 1) + position[1] * position[1]
/// }
/// ```
///
/// How fast it is depends on the coordinates: where the matrix of second derivatives is near the unit
/// matrix, a few steps suffice.
public struct GradientMinimizer: Sendable {
  /// How the directions of the steps are chosen.
  public enum Method: String, CaseIterable, Sendable {
    /// Broyden, Fletcher, Goldfarb and Shanno's, with Fletcher's line search (`vector_bfgs2`).
    case bfgs
    /// Conjugate gradients of Polak and Ribière (`conjugate_pr`).
    case conjugateGradient
    /// Along the gradient itself (`steepest_descent`), for comparison.
    case steepestDescent
  }

  /// How the directions are chosen.
  public var method: Method
  /// The norm of the gradient that is small enough.
  public var tolerance: Double
  /// The most steps.
  public var maximumIterations: Int

  /// A minimizer that stops at a gradient of norm `tolerance`.
  public init(method: Method = .bfgs, tolerance: Double = 1e-7, maximumIterations: Int = 1000) {
    self.method = method
    self.tolerance = tolerance
    self.maximumIterations = maximumIterations
  }

  /// What a minimisation found, and whether to believe it.
  public struct Minimum: Hashable, Sendable {
    /// Where the function was smallest.
    public let position: [Double]
    /// Its value there.
    public let value: Double
    /// The norm of its gradient there.
    public let gradientNorm: Double
    /// How many steps were taken.
    public let iterations: Int
    /// How often the function was evaluated.
    public let evaluations: Int
    /// Why it stopped.
    public let reason: StopReason
  }

  /// Looks for a minimum of `function`, a value for each variable from `start` on.
  ///
  /// - Parameters:
  ///   - start: where to begin; at least one variable, and a finite value of the function.
  ///   - function: the value at a position; sets the gradient, as long as the position. Not finite
  ///     values count as infinite: no step leads there.
  /// - Returns: the best point, with the reason for stopping.
  public func minimize(
    from start: [Double], _ function: (_ position: [Double], _ gradient: inout [Double]) -> Double
  ) -> Minimum {
    precondition(!start.isEmpty, "a function of at least one variable")
    ErrorHandling.turnOff()
    return withoutActuallyEscaping(function) { function in
      let context = Evaluations(of: function, at: start)
      guard context.value.isFinite, !context.isSmall(tolerance) else {
        return context.minimum(
          iterations: 0, reason: context.value.isFinite ? .gradient : .noProgress)
      }
      guard let solver = gsl_multimin_fdfminimizer_alloc(type, start.count) else {
        return context.minimum(iterations: 0, reason: .noProgress)
      }
      defer { gsl_multimin_fdfminimizer_free(solver) }
      // GSL keeps the pointer to its function: it lives until the loop is over.
      var target = gsl_multimin_function_fdf(
        f: { Evaluations.of($1).value(at: $0) },
        df: { Evaluations.of($1).gradient(at: $0, into: $2) },
        fdf: {
          $2?.pointee = Evaluations.of($1).value(at: $0)
          Evaluations.of($1).gradient(at: $0, into: $3)
        }, n: start.count, params: Unmanaged.passUnretained(context).toOpaque())
      return withUnsafeMutablePointer(to: &target) { target in
        iterate(solver, target, from: start, context)
      }
    }
  }

  private var type: UnsafePointer<gsl_multimin_fdfminimizer_type>? {
    switch method {
    case .bfgs: spiking_gsl_bfgs()
    case .conjugateGradient: spiking_gsl_conjugate_gradient()
    case .steepestDescent: spiking_gsl_steepest_descent()
    }
  }

  private func iterate(
    _ solver: UnsafeMutablePointer<gsl_multimin_fdfminimizer>,
    _ target: UnsafeMutablePointer<gsl_multimin_function_fdf>, from start: [Double],
    _ context: Evaluations
  ) -> Minimum {
    let success = Int32(GSL_SUCCESS)
    var start = start
    // The first step is as long as the gradient: right where second derivatives are about 1.
    let status = start.withUnsafeMutableBufferPointer { start in
      var position = gsl_vector_view_array(start.baseAddress, start.count)
      return gsl_multimin_fdfminimizer_set(
        solver, target, &position.vector, min(context.gradientNorm, 1), 0.1)
    }
    guard status == success else { return context.minimum(iterations: 0, reason: .noProgress) }
    var iterations = 0
    var hasRestarted = false
    while !context.isSmall(tolerance) {
      if Task.isCancelled { return context.minimum(iterations: iterations, reason: .cancelled) }
      if iterations == maximumIterations {
        return context.minimum(iterations: iterations, reason: .maximumIterations)
      }
      if gsl_multimin_fdfminimizer_iterate(solver) == success {
        iterations += 1
        hasRestarted = false
      } else if hasRestarted {
        return context.minimum(iterations: iterations, reason: .noProgress)
      } else {
        // The direction may be stale: once more along the gradient.
        gsl_multimin_fdfminimizer_restart(solver)
        hasRestarted = true
      }
    }
    return context.minimum(iterations: iterations, reason: .gradient)
  }
}

/// The function as GSL asks for it: values and gradients apart, which one evaluation gives together.
private final class Evaluations {
  private let function: ([Double], inout [Double]) -> Double
  private var position: [Double]
  private(set) var value: Double
  private var gradient: [Double]
  private var count = 1
  private var best: (position: [Double], value: Double, gradientNorm: Double)

  init(of function: @escaping ([Double], inout [Double]) -> Double, at start: [Double]) {
    self.function = function
    position = start
    gradient = Array(repeating: 0, count: start.count)
    value = function(start, &gradient)
    best = (start, value, norm(gradient))
  }

  static func of(_ pointer: UnsafeMutableRawPointer?) -> Evaluations {
    Unmanaged<Evaluations>.fromOpaque(pointer.unsafelyUnwrapped).takeUnretainedValue()
  }

  var gradientNorm: Double { best.gradientNorm }

  func isSmall(_ tolerance: Double) -> Bool { best.gradientNorm <= tolerance }

  func value(at vector: UnsafePointer<gsl_vector>?) -> Double {
    move(to: vector)
    return value.isFinite ? value : .infinity
  }

  func gradient(
    at vector: UnsafePointer<gsl_vector>?, into result: UnsafeMutablePointer<gsl_vector>?
  ) {
    move(to: vector)
    for (index, slope) in gradient.enumerated() { gsl_vector_set(result, index, slope) }
  }

  private func move(to vector: UnsafePointer<gsl_vector>?) {
    let isKnown = position.indices.allSatisfy { position[$0] == gsl_vector_get(vector, $0) }
    if isKnown { return }
    for index in position.indices { position[index] = gsl_vector_get(vector, index) }
    value = function(position, &gradient)
    count += 1
    // Near the minimum values are equal up to rounding, and the gradient tells.
    guard value.isFinite else { return }
    let gradientNorm = norm(gradient)
    let rounding = 4 * max(value.magnitude, best.value.magnitude).ulp
    if value < best.value - rounding
      || (value <= best.value + rounding && gradientNorm < best.gradientNorm)
    {
      best = (position, value, gradientNorm)
    }
  }

  func minimum(iterations: Int, reason: StopReason) -> GradientMinimizer.Minimum {
    GradientMinimizer.Minimum(
      position: best.position, value: best.value, gradientNorm: best.gradientNorm,
      iterations: iterations, evaluations: count, reason: reason)
  }
}

private func norm(_ vector: [Double]) -> Double {
  vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
}
