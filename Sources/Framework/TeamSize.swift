/// How many threads a divided network runs on: as many as are faster.
///
/// Members of a team meet in every bin. Where a core is taken by another program they wait for its
/// time slices, and one thread alone is many times faster; what a division gains also depends on the
/// network. So both are tried, the faster is kept, and the other one tried again now and then.
struct TeamSize {
  private let largest: Int
  /// The time of a bin in the last piece with all threads, and with one.
  private var together: Duration?
  private var alone: Duration?
  private var piecesUntilTrial = 0

  init(largest: Int) { self.largest = largest }

  /// The number of threads for the next piece.
  mutating func next() -> Int {
    guard largest > 1 else { return 1 }
    guard let together else { return largest }
    guard let alone else { return 1 }
    let isTogetherFaster = together <= alone
    piecesUntilTrial -= 1
    if piecesUntilTrial < 0 {
      piecesUntilTrial = Self.piecesBetweenTrials
      return isTogetherFaster ? 1 : largest
    }
    return isTogetherFaster ? largest : 1
  }

  /// Notes what a bin of a piece took.
  mutating func note(_ time: Duration, threads: Int) {
    if threads == 1 { alone = time } else { together = time }
  }

  private static var piecesBetweenTrials: Int { 32 }
}
