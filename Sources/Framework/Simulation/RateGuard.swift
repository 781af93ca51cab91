/// Watches the mean rate of a network, and says when it passes a bound: the activity has run away.
///
/// Spikes are counted over windows of 100 ms, or of as many bins as hold 100 of its neurons' bins where
/// that is longer, from the first bin of the run on, so that what is found does not depend on how a run is
/// divided. In so many bins a neuron that fires in half of them passes three quarters by chance in one of
/// 10⁷ windows.
struct RateGuard: Sendable {
  /// The length of a window in bins.
  let window: Int
  /// The most spikes of the network that a window may have.
  private let limit: Double
  private var spikes = 0
  private var remaining: Int

  /// A guard of a network of `neurons` neurons, for a bound in Hz.
  init(maximumRate: Double, neurons: Int, dt: Double) {
    // Bins of the least width make a window that never ends.
    let least = (99 + neurons) / max(neurons, 1)
    window = max(least, Int(min(100 / dt, 0x1p32).rounded()))
    limit = maximumRate / 1000 * Double(window) * dt * Double(neurons)
    remaining = window
  }

  /// The bound in Hz where none is given: three quarters of 1000 Hz, or of what a model can do at most.
  ///
  /// - Parameter maximumCount: the most spikes of a neuron in a bin of `dt` ms.
  static func maximumRate(maximumCount: Double, dt: Double) -> Double {
    750 * min(1, maximumCount / dt)
  }

  /// Counts the spikes of one bin.
  ///
  /// - Returns: the spikes of the window that ends with it, where they are too many.
  mutating func add(_ count: Int) -> Int? {
    spikes += count
    remaining -= 1
    guard remaining == 0 else { return nil }
    defer { (spikes, remaining) = (0, window) }
    return Double(spikes) > limit ? spikes : nil
  }
}

extension RateGuard: BlockState {
  mutating func visitMemory(_ visit: inout some MemoryVisitor) {
    visit(shared: &spikes)
    visit(shared: &remaining)
    // As a damaged file could have them.
    spikes = min(max(spikes, 0), 1 << 48)
    remaining = min(max(remaining, 1), window)
  }
}
