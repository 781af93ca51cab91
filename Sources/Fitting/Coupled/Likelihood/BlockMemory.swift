/// Memory for a block of bins: a drive, a mean and two derivatives for each.
///
/// Drives and slopes begin `lead` places before the block and end `tail` places after it, so that spikes
/// near its ends need no care.
final class BlockMemory {
  let lead: Int
  let tail: Int
  let drives: UnsafeMutablePointer<Double>
  let slopes: UnsafeMutablePointer<Double>
  let means: UnsafeMutablePointer<Double>
  let scores: UnsafeMutablePointer<Double>
  /// Three times as many places as drives have.
  let rows: UnsafeMutablePointer<Double>
  private let buffer: UnsafeMutableBufferPointer<Double>

  init(bins: Int, lead: Int, tail: Int) {
    self.lead = lead
    self.tail = tail
    let padded = lead + bins + tail
    buffer = .allocate(capacity: 5 * padded + 2 * bins)
    buffer.initialize(repeating: 0)
    drives = buffer.baseAddress.unsafelyUnwrapped
    slopes = drives + padded
    means = slopes + padded
    scores = means + bins
    rows = scores + bins
  }

  deinit { buffer.deallocate() }

  /// Zeros after the slopes of a block of `bins` bins, which may be shorter than the one before.
  func clear(after bins: Int) {
    (slopes + lead + bins).update(repeating: 0, count: tail)
  }
}
