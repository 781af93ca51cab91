/// How one spike acts on later bins: a weight for each lag.
///
/// A filter is a value, so that it can be saved, compared and fitted. One method is owed, the taps;
/// a filter made of exponentials also says how it can be computed without them.
public protocol TemporalFilter: Parameterized, Sendable {
  /// The weights at k = lag − 1 = 0, 1, …: `taps(dt:)[0]` acts on the bin after the spike. Beyond
  /// the last the filter is zero, or too small to matter.
  ///
  /// - Parameter dt: the width of a bin in ms.
  func taps(dt: Double) -> [Double]

  /// The same filter as a sum of exponentials, which costs the same however long it is; empty, the
  /// default, where it is none.
  func recursions(dt: Double) -> [ExponentialRecursion]
}

extension TemporalFilter {
  /// None: the taps are summed one by one.
  public func recursions(dt: Double) -> [ExponentialRecursion] { [] }
}
