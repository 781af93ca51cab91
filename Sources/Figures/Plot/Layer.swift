/// One thing drawn in a plot: a shape, its colour, and its name in the legend.
public struct Layer: Hashable, Sendable {
  /// What is drawn, in the units of the axes; widths and diameters in pixels of a plot that is 1600
  /// wide.
  public enum Shape: Hashable, Sendable {
    /// Lines through points, each on its own.
    case lines([[Point]], width: Double, isDashed: Bool)
    /// A line that jumps at the edges; nil leaves a gap.
    case steps(edges: [Double], values: [Double?], width: Double)
    /// The area under such a line, down to the bottom of the plot.
    case filledSteps(edges: [Double], values: [Double?])
    /// A bar for each bin, from the bottom of the plot.
    case bars(edges: [Double], heights: [Double])
    /// The area between two lines through the same values of x.
    case ribbon(lower: [Point], upper: [Point])
    /// Discs.
    case points([Point], diameter: Double)
    /// Circles.
    case rings([Point], diameter: Double, width: Double)
    /// Vertical strokes centred on the points.
    case ticks([Point], height: Double, width: Double)
    /// The whole height of the plot between two values of x.
    case bands([ClosedRange<Double>])
    /// Arrow heads at the second point of each pair, of the given length in pixels.
    case arrowHeads([[Point]], length: Double)
  }

  /// What is drawn.
  public var shape: Shape
  /// In which colour.
  public var color: Color
  /// The name in the legend; nil for none.
  public var name: String?

  /// A layer.
  public init(_ shape: Shape, color: Color, name: String? = nil) {
    self.shape = shape
    self.color = color
    self.name = name
  }
}
