/// Where the parts of a plot lie, in pixels of a page 1600 wide, from its upper left corner: the
/// heading with the legend, so that it never covers data, below it the plot, and around that its
/// lettering. The page is as high as they need.
struct PlotLayout {
  static let width = 1600.0
  /// The sizes of the letters in pixels: 40 are 6 points where the page is a column (85 mm) wide.
  static let titleFontSize = 46.0
  static let fontSize = 42.0
  static let smallFontSize = 36.0

  let height: Double
  let left: Double
  let right: Double
  let top: Double
  let bottom: Double
  /// All that is written.
  let texts: [PageText]
  /// Where the samples of the legend begin, and the height of their middle.
  let samples: [Point]
  let xTicks: AxisTicks
  let yTicks: AxisTicks
  /// Of the scale of colours; empty where there is none.
  let colorTicks: [AxisTicks.Tick]

  /// The least room between text and the edge of the page.
  private static let edge = 20.0
  /// From the plot to the texts of the ticks on its left, and on the right of a scale of colours.
  private static let tickGap = 26.0
  /// The scale of colours: its distance from the plot, and its width.
  static let colorBarGap = 30.0
  static let colorBarWidth = 40.0

  init(_ plot: Plot) {
    let isBare = plot.frame == .none
    let yTicks = isBare ? nil : AxisTicks(plot.yAxis)
    let yTitle = TextBlock(plot.yAxis.label, size: Self.fontSize, within: 900)
    let left =
      yTicks.map { Self.edge + yTitle.height + 14 + $0.width + Self.tickGap } ?? 60

    let colorAxis = plot.heatMap.map { Axis("", $0.colorRange) }
    let colorTicks = colorAxis.map { AxisTicks($0) }
    let colorTitle = TextBlock(plot.heatMap?.label ?? "", size: Self.fontSize, within: 800)
    let colorBar =
      colorTicks.map {
        Self.colorBarGap + Self.colorBarWidth + Self.tickGap + $0.width + 14 + colorTitle.height
          + Self.edge
      } ?? 60
    // The last text of the axis may reach beyond it by half its width.
    let widest = isBare ? 0 : AxisTicks(plot.xAxis, length: Self.width - left - colorBar).width
    let right = Self.width - max(colorBar, Self.edge + widest / 2)
    let xTicks = isBare ? nil : AxisTicks(plot.xAxis, length: right - left)

    let heading = PlotHeading(plot, left: left)
    let isSquare = plot.isSquare || plot.heatMap != nil || isBare
    let top = heading.bottom + (isBare ? 12 : 32)
    let bottom = isSquare ? top + right - left : max(835, top + 560)
    let middle = Point((left + right) / 2, (top + bottom) / 2)
    let xTitle = TextBlock(
      plot.xAxis.label, size: Self.fontSize,
      within: 2 * min(middle.x, Self.width - middle.x) - 2 * Self.edge)
    let height = (bottom + (isBare ? 30 : 74 + xTitle.height + 32)).rounded(.up)

    (self.left, self.right, self.top, self.bottom, self.height) = (left, right, top, bottom, height)
    (self.xTicks, self.yTicks) = (xTicks ?? .none, yTicks ?? .none)
    self.colorTicks = colorTicks?.ticks ?? []
    samples = heading.samples
    func x(_ value: Double) -> Double { left + plot.xAxis.fraction(of: value) * (right - left) }
    func y(_ value: Double) -> Double { bottom - plot.yAxis.fraction(of: value) * (bottom - top) }
    var texts = heading.texts
    texts += self.xTicks.ticks.map {
      PageText(text: $0.text, place: Point(x($0.value), bottom + 48), anchor: .center)
    }
    texts += self.yTicks.ticks.map {
      PageText(text: $0.text, place: Point(left - Self.tickGap, y($0.value)), anchor: .right)
    }
    if !isBare {
      texts += xTitle.texts(x: middle.x, y: bottom + 78, anchor: .center)
      // In the middle of the plot as far as the page has room.
      let half = yTitle.width / 2 + Self.edge
      texts += yTitle.verticalTexts(x: Self.edge, y: min(max(middle.y, half), height - half))
    }
    if let colorAxis, let colorTicks {
      let start = right + Self.colorBarGap + Self.colorBarWidth + Self.tickGap
      texts += colorTicks.ticks.map {
        let y = bottom - colorAxis.fraction(of: $0.value) * (bottom - top)
        return PageText(text: $0.text, place: Point(start, y))
      }
      texts += colorTitle.verticalTexts(x: start + colorTicks.width + 14, y: middle.y)
    }
    texts += plot.labels.map {
      PageText(
        text: $0.text, place: Point(x($0.point.x), y($0.point.y)), anchor: .center,
        size: Self.smallFontSize * 0.8)
    }
    self.texts = texts
  }

  /// A place on the page as a gnuplot coordinate.
  func screen(_ x: Double, _ y: Double) -> String { "\(screenX(x)), \(screenY(y))" }
  func screenX(_ x: Double) -> String { "screen \(x / Self.width)" }
  func screenY(_ y: Double) -> String { "screen \(1 - y / height)" }
}
