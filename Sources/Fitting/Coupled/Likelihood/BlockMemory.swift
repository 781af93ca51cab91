/// Memory for a block of bins: a drive, a likelihood and its derivative for each.
///
/// Drives and slopes begin `lead` places before the block and end `tail` places after it, so that spikes
/// near its ends need no care.
final class BlockMemory {
  let lead: Int
  let tail: Int
  let drives: UnsafeMutablePointer<Double>
  let slopes: UnsafeMutablePointer<Double>
  let values: UnsafeMutablePointer<Double>
  /// Three times as many places as drives have.
  let rows: UnsafeMutablePointer<Double>
  private let buffer: UnsafeMutableBufferPointer<Double>

  init(bins: Int, lead: Int, tail: Int) {
    self.lead = lead
    self.tail = tail
    let padded = lead + bins + tail
    buffer = .allocate(capacity: 5 * padded + bins)
    buffer.initialize(repeating: 0)
    drives = buffer.baseAddress.unsafelyUnwrapped
    slopes = drives + padded
    values = slopes + padded
    rows = values + bins
  }

  deinit { buffer.deallocate() }

  /// Zeros after the slopes of a block of `bins` bins, which may be shorter than the one before.
  func clear(after bins: Int) {
    (slopes + lead + bins).update(repeating: 0, count: tail)
  }
}
