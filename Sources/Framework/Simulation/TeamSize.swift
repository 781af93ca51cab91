/// How many threads a divided network runs on: all that there are, or one where that is faster.
///
/// Members of a team meet in every bin. Where a core is taken by another program they wait for its
/// time slices, and one thread alone is many times faster; what a division gains also depends on the
/// network. So both are tried for a moment, now and then, and the faster is kept.
struct TeamSize {
  private(set) var current: Int
  private let largest: Int
  private var piecesUntilTrial = 0

  private static var piecesBetweenTrials: Int { 8 }

  init(largest: Int) {
    current = largest
    self.largest = largest
  }

  /// The bins at the start of a piece of `count` that each trial takes; nil where none is due.
  mutating func trialLength(of count: Int) -> Int? {
    piecesUntilTrial -= 1
    // Too few bins say nothing.
    guard largest > 1, piecesUntilTrial < 0, count >= 8 else { return nil }
    piecesUntilTrial = Self.piecesBetweenTrials
    return max(2, count / 32)
  }

  /// Runs a trial with one thread and one with all, by `timePerBin`, and keeps the faster.
  mutating func decide(_ timePerBin: (_ trial: Int, _ threads: Int) -> Duration) {
    let alone = timePerBin(0, 1)
    let together = timePerBin(1, largest)
    current = together <= alone ? largest : 1
  }
}
