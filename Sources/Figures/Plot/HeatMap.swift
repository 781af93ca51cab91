/// A matrix drawn as an image: white at zero, through blue to dark below,
/// through vermilion to dark above. What is not a number is left out.
public struct HeatMap: Hashable, Sendable {
  /// Row-major values; row 0 lies at the smallest y.
  public var values: [Double]
  /// The number of columns.
  public var columns: Int
  /// The first and the last position of the centres of the columns, in the units of the x axis.
  public var x: ClosedRange<Double>
  /// The same of the rows, on the y axis.
  public var y: ClosedRange<Double>
  /// What the colours show, with its unit.
  public var label: String
  /// Whether values may be negative. Those of others begin with a pale vermilion, so that 0 is not white as what is left out.
  public var isSigned = true
  /// The magnitude at which colours end, for several maps of one scale; nil for the largest.
  public var largest: Double?

  /// A matrix whose columns and rows are spread evenly over `x` and `y`.
  public init(
    values: [Double], columns: Int, x: ClosedRange<Double>, y: ClosedRange<Double>, label: String
  ) {
    precondition(columns > 0 && values.count.isMultiple(of: columns), "rows of unequal length")
    self.values = values
    self.columns = columns
    self.x = x
    self.y = y
    self.label = label
  }

  /// The number of rows.
  public var rows: Int { values.count / columns }

  /// The colours reach from −limit, or 0, to limit: the largest magnitude, or 1 where all are zero.
  public var limit: Double {
    let largest = largest ?? values.reduce(0) { $1.isFinite ? max($0, $1.magnitude) : $0 }
    return largest > 0 ? largest : 1
  }

  /// The values of the colours.
  var colorRange: ClosedRange<Double> { (isSigned ? -limit : 0)...limit }
}
