/// Where the parts of a plot lie, in pixels of a page 1600 wide, from its upper left corner: the
/// heading, the legend below it, so that it never covers data, and the plot in what remains.
struct PlotLayout {
  static let width = 1600.0
  /// The size of the letters in pixels: 7 points where the page is a column (85 mm) wide.
  static let fontSize = 46.0
  static let smallFontSize = 40.0

  let height: Double
  let left: Double
  let right: Double
  let top: Double
  let bottom: Double
  /// Where the entries of the legend begin, and the height of their middle.
  let legend: [Point]

  /// The room for the sample beside a name of the legend.
  static let sampleWidth = 72.0
  private static let legendRowHeight = 56.0

  init(_ plot: Plot) {
    let isBare = plot.frame == .none
    left = isBare ? 60 : 215
    right = Self.width - (plot.heatMap != nil ? 270 : 60)

    // Entries follow one another like words, and wrap.
    var place = Point(left, plot.subtitle == nil ? 128 : 188)
    var legend: [Point] = []
    for name in plot.layers.compactMap(\.name) {
      let width = Self.sampleWidth + Self.textWidth(name, size: Self.smallFontSize)
      if place.x > left, place.x + width > Self.width - 20 {
        place = Point(left, place.y + Self.legendRowHeight)
      }
      legend.append(place)
      place.x += width + 36
    }
    self.legend = legend
    top = (legend.last?.y ?? place.y - 50) + (isBare ? 35 : 55)

    let isSquare = plot.isSquare || plot.heatMap != nil || isBare
    bottom = isSquare ? top + right - left : 835
    height = bottom + (isBare ? 30 : 165)
  }

  /// The width of text in pixels, estimated: letters of a sans-serif face are about half as wide as
  /// their size.
  static func textWidth(_ text: String, size: Double) -> Double { Double(text.count) * size * 0.48 }

  /// A place on the page as a gnuplot coordinate.
  func screen(_ x: Double, _ y: Double) -> String { "\(screenX(x)), \(screenY(y))" }
  func screenX(_ x: Double) -> String { "screen \(x / Self.width)" }
  func screenY(_ y: Double) -> String { "screen \(1 - y / height)" }
}
