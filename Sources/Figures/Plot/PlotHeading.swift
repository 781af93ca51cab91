/// What stands above a plot: title, subtitle and legend, in lines that fit the page.
struct PlotHeading {
  /// The lines of text.
  private(set) var texts: [PageText] = []
  /// Where the samples of the legend begin, and the height of their middle.
  private(set) var samples: [Point] = []
  /// Where it ends.
  private(set) var bottom = 22.0

  /// The room for the sample beside a name of the legend.
  static let sampleWidth = 72.0
  private static let entryGap = 36.0

  /// The heading of a plot that begins at the pixel `left`.
  init(_ plot: Plot, left: Double) {
    let right = PlotLayout.width - 24
    let title = TextBlock(plot.title, size: PlotLayout.titleFontSize, within: right - left)
    texts += title.texts(x: left, y: bottom)
    bottom += title.height
    if let subtitle = plot.subtitle {
      let block = TextBlock(subtitle, size: PlotLayout.smallFontSize, within: right - left)
      texts += block.texts(x: left, y: bottom + 10).map { text in
        var text = text
        text.isMuted = true
        return text
      }
      bottom += 10 + block.height
    }

    // Entries follow one another like words, and wrap.
    let names = plot.layers.compactMap(\.name).map {
      TextBlock(
        $0, size: PlotLayout.smallFontSize, within: right - left - Self.sampleWidth)
    }
    guard !names.isEmpty else { return }
    bottom += 14
    var (x, rowHeight) = (left, 0.0)
    for name in names {
      let width = Self.sampleWidth + name.width
      if x > left, x + width > right {
        bottom += rowHeight
        (x, rowHeight) = (left, 0)
      }
      samples.append(Point(x, bottom + name.lineHeight / 2))
      texts += name.texts(x: x + Self.sampleWidth, y: bottom)
      rowHeight = max(rowHeight, name.height + 6)
      x += width + Self.entryGap
    }
    bottom += rowHeight
  }
}
