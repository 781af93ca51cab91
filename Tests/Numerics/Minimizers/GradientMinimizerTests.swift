import Spiking
import SpikingTestCases
import Testing

/// Minima of functions whose minima are known.
@Suite struct GradientMinimizerTests {
  @Test(arguments: GradientMinimizer.Method.allCases)
  func `a quadratic function of three variables`(method: GradientMinimizer.Method) {
    let minimum = GradientMinimizer(method: method, tolerance: 1e-9).minimize(from: [5, -3, 1]) {
      position, gradient in
      let (x, y, z) = (position[0] - 1, position[1] + 2, position[2] - 0.5)
      gradient = [2 * x + y, x + 4 * y, z]
      return x * x + x * y + 2 * y * y + z * z / 2
    }
    #expect(minimum.reason == .gradient && minimum.gradientNorm <= 1e-9)
    for (found, expected) in zip(minimum.position, [1, -2, 0.5]) {
      #expect(abs(found - expected) < 1e-8)
    }
    #expect(minimum.value < 1e-17 && minimum.iterations > 0)
    #expect(minimum.evaluations > minimum.iterations)
  }

  /// Rosenbrock 1960: f = 100 (y − x²)² + (1 − x)², from the usual start.
  private func rosenbrock(_ position: [Double], _ gradient: inout [Double]) -> Double {
    let (x, y) = (position[0], position[1])
    let valley = y - x * x
    gradient = [-400 * x * valley - 2 * (1 - x), 200 * valley]
    return 100 * valley * valley + (1 - x) * (1 - x)
  }

  @Test(arguments: [GradientMinimizer.Method.bfgs, .conjugateGradient])
  func `Rosenbrock's valley`(method: GradientMinimizer.Method) {
    let minimum = GradientMinimizer(method: method, tolerance: 1e-8).minimize(
      from: [-1.2, 1], rosenbrock)
    #expect(minimum.reason == .gradient)
    // The smallest second derivative is 0.4 there.
    #expect(abs(minimum.position[0] - 1) < 1e-7 && abs(minimum.position[1] - 1) < 1e-7)
    #expect(minimum.value < 1e-15)
  }

  @Test func `steps are counted, and few of them are not enough`() {
    let minimum = GradientMinimizer(method: .steepestDescent, maximumIterations: 3).minimize(
      from: [-1.2, 1], rosenbrock)
    #expect(minimum.reason == .maximumIterations && minimum.iterations == 3)
    // f = 24.2 at the start.
    #expect(minimum.value < 24.2 && minimum.gradientNorm > 1e-7)
    var gradient = [0.0, 0]
    #expect(rosenbrock(minimum.position, &gradient) == minimum.value)
  }

  @Test func `where the start is the minimum, no step is taken`() {
    let minimum = GradientMinimizer().minimize(from: [1, 1], rosenbrock)
    #expect(minimum.reason == .gradient && minimum.iterations == 0 && minimum.evaluations == 1)
    #expect(minimum.position == [1, 1])
  }

  @Test func `steps to where the function is not finite are not taken`() {
    // x − ln x is defined for x > 0 alone, and smallest at 1.
    let minimum = GradientMinimizer().minimize(from: [0.05]) { position, gradient in
      gradient = [1 - 1 / position[0]]
      return position[0] > 0 ? position[0] - Elementary.logarithm(position[0]) : .nan
    }
    #expect(minimum.reason == .gradient && abs(minimum.position[0] - 1) < 1e-6)
    let nowhere = GradientMinimizer().minimize(from: [0]) { _, gradient in
      gradient = [1]
      return .nan
    }
    #expect(nowhere.reason == .noProgress)
  }

  @Test func `a task that is cancelled stops the search`() async {
    let reason = await Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return GradientMinimizer().minimize(from: [-1.2, 1], rosenbrock).reason
    }.value
    #expect(reason == .cancelled)
  }
}
