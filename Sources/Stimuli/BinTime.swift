internal import SpikingFramework

/// When a bin starts, up to rounding.
///
/// Times of bins, bin · dt, and of pulses are often not exact in binary (0.1 ms). All stimuli that begin and
/// end at a time take a bin to start within a pulse to within this rounding, so that bins are
/// neither lost nor gained.
struct BinTime {
  /// In ms.
  let time: Double

  /// Throws unless the bins, or columns, of a stimulus are as wide as those of the run, in ms.
  static func require(
    _ own: Double, sameAs dt: Double, _ subject: String, of name: String
  ) throws(SpikingError) {
    guard abs(dt - own) <= 1e-9 * dt else {
      throw SpikingError(
        .invalidParameter, subject, found: "\(name) of \(own) ms",
        expected: "\(dt) ms, the bins of the run")
    }
  }

  init(_ time: Double) { self.time = time }

  /// By how much the difference between the bin's time and one as large as `scale` may be off: a few
  /// units in the last place, but never so much that a pulse of the shortest length would show it.
  func tolerance(scale: Double, shortest: Double) -> Double {
    min(8 * max(abs(time), abs(scale)).ulp, 1e-3 * shortest)
  }

  /// Whether the bin starts in start ≤ t < start + duration, which may be infinite.
  func isWithin(_ start: Double, duration: Double) -> Bool {
    let tolerance = tolerance(scale: start, shortest: duration)
    let elapsed = time - start
    return elapsed >= -tolerance && elapsed < duration - tolerance
  }

  /// The number of the bin among bins of `dt` ms; nil before the first.
  func bin(dt: Double) -> Int? {
    let position = time / dt
    return Int(exactly: (position + 4 * position.ulp).rounded(.down)).flatMap { $0 < 0 ? nil : $0 }
  }
}
