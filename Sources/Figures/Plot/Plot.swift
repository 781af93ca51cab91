/// A picture: axes, and layers drawn on each other in order.
public struct Plot: Hashable, Sendable {
  /// What surrounds the drawing.
  public enum Frame: Hashable, Sendable {
    /// Lines with ticks on the left and below.
    case axes
    /// A box with ticks on the left and below.
    case box
    /// Nothing; both axes are equally long and neither is shown.
    case none
  }

  /// A word in the plot, centred on a point.
  public struct Label: Hashable, Sendable {
    /// What it says.
    public var text: String
    /// Where.
    public var point: Point

    /// A word.
    public init(_ text: String, at point: Point) {
      self.text = text
      self.point = point
    }
  }

  /// The heading.
  public var title: String
  /// A line of explanation below it, in grey.
  public var subtitle: String?
  /// The horizontal axis.
  public var xAxis: Axis
  /// The vertical axis.
  public var yAxis: Axis
  /// What surrounds the drawing.
  public var frame = Frame.axes
  /// Whether it is as high as it is wide, as where both axes are the same; plots with an image are.
  public var isSquare = false
  /// An image behind the layers; plots with one are square.
  public var heatMap: HeatMap?
  /// The layers, the first at the bottom.
  public var layers: [Layer] = []
  /// Words on top of everything.
  public var labels: [Label] = []

  /// A plot without layers.
  public init(title: String, subtitle: String? = nil, xAxis: Axis, yAxis: Axis) {
    self.title = title
    self.subtitle = subtitle
    self.xAxis = xAxis
    self.yAxis = yAxis
  }
}
