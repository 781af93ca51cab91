/// A line of text on the page of a plot.
struct PageText {
  /// The part of the line that lies at its place.
  enum Anchor: String {
    case left, center, right
  }

  var text: String
  /// In pixels from the upper left corner of the page; half way up the line.
  var place: Point
  var anchor = Anchor.left
  /// The height of the letters in pixels.
  var size = PlotLayout.smallFontSize
  /// Whether it runs from below upwards.
  var isVertical = false
  /// Whether it is grey.
  var isMuted = false
}

/// Text in lines, by the room that it takes.
struct TextBlock {
  let lines: [String]
  let size: Double

  init(_ text: String, size: Double, within limit: Double) {
    lines = TextMetrics.lines(text, size: size, within: limit)
    self.size = size
  }

  /// Of the longest line.
  var width: Double { lines.map { TextMetrics.width($0, size: size) }.max() ?? 0 }
  var height: Double { Double(lines.count) * lineHeight }
  var lineHeight: Double { size * TextMetrics.lineSpacing }

  /// The lines, one below the other, from y down.
  func texts(x: Double, y: Double, anchor: PageText.Anchor = .left) -> [PageText] {
    lines.enumerated().map { index, line in
      PageText(
        text: line, place: Point(x, y + (Double(index) + 0.5) * lineHeight), anchor: anchor,
        size: size)
    }
  }

  /// The lines from below upwards, one right of the other from x on, centred at y.
  func verticalTexts(x: Double, y: Double) -> [PageText] {
    lines.enumerated().map { index, line in
      PageText(
        text: line, place: Point(x + (Double(index) + 0.5) * lineHeight, y), anchor: .center,
        size: size, isVertical: true)
    }
  }
}
