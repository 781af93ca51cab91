public import SpikingFramework

/// The functions of a basis over a range of the values of a covariate.
///
/// ```swift
/// Tuning("head_direction", CyclicBSplineBasis(count: 12, window: 2).over(0...2 * .pi))
/// ```
public struct ValueBasis: Sendable {
  /// The functions; its window means nothing here.
  public let basis: any ContinuousBasis
  /// Where they begin and end, in the unit of the covariate.
  public let range: ClosedRange<Double>

  /// A basis over a range.
  public init(_ basis: any ContinuousBasis, over range: ClosedRange<Double>) {
    self.basis = basis
    self.range = range
  }

  /// The number of functions.
  public var count: Int { basis.count }
  /// The axis of its weights.
  public var axis: TermAxis { TermAxis(count: count, isCyclic: basis.isCyclic) }

  /// Where a value lies in the range, from 0 to 1, around the circle where the basis is cyclic; nil outside and where it is
  /// not a number.
  public func position(of value: Double) -> Double? {
    let position = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
    if basis.isCyclic, position.isFinite { return position - position.rounded(.down) }
    return 0...1 ~= position ? position : nil
  }

  /// The functions at a value; nil where it has no place in the range.
  public func values(at value: Double) -> [Double]? {
    guard let position = position(of: value) else { return nil }
    let values = basis.values(at: position)
    if !basis.isDensity { return values }
    let length = range.upperBound - range.lowerBound
    return values.map { $0 / length }
  }

  /// Whether the functions add up to 1 at every value.
  public var sumsToOne: Bool {
    let steps = 64
    return !basis.isDensity
      && (0...steps).allSatisfy { step in
        abs(basis.values(at: Double(step) / Double(steps)).reduce(0, +) - 1) < 1e-9
      }
  }

  /// - Throws: `invalidParameter` where the range is empty or not finite, or the basis has parameters outside their domains.
  public func validate() throws(SpikingError) {
    guard range.lowerBound < range.upperBound, range.lowerBound.isFinite, range.upperBound.isFinite,
      (range.upperBound - range.lowerBound).isFinite
    else {
      throw SpikingError(
        .invalidParameter, "basis",
        found: "the range \(brief(range.lowerBound)) to \(brief(range.upperBound))",
        expected: "a lower end below the upper one, both finite")
    }
    try basis.validate()
  }
}

extension ContinuousBasis {
  /// The functions over a range of the values of a covariate.
  public func over(_ range: ClosedRange<Double>) -> ValueBasis { ValueBasis(self, over: range) }
}

extension ValueBasis {
  /// Rows of the functions at a value for each bin; bins without a value, and values outside the range, are not defined.
  ///
  /// - Parameter name: what the values are called in notices.
  func columns(of values: [Double], named name: String) -> SparseColumns {
    let hasValue = values.map { position(of: $0) != nil }
    let missing = values.count { $0.isNaN }
    let outside = hasValue.count { !$0 } - missing
    var notices: [String] = []
    let bins = counted(values.count, "bin")
    if missing > 0 {
      notices.append("\(name): no value in \(missing) of \(bins), which are not evaluated")
    }
    if outside > 0 {
      notices.append(
        "\(name): outside \(brief(range.lowerBound)) to \(brief(range.upperBound)) in \(outside) of "
          + "\(bins), which are not evaluated")
    }
    return SparseColumns(
      axes: [axis], sumToOne: sumsToOne,
      definedBins: missing + outside > 0 ? Segments.bins(where: hasValue) : nil, notices: notices
    ) { [self, values = RunValues(values)] bins in
      let scale = basis.isDensity ? 1 / (range.upperBound - range.lowerBound) : 1
      var rows = SparseRowBuilder()
      values.forEachRun(in: bins) { value, count in
        if let position = position(of: value) {
          basis.forEachValue(at: position) { rows.add($0, factor: scale * $1) }
        }
        rows.endRow(bins: count)
      }
      return rows.block
    }
  }
}
