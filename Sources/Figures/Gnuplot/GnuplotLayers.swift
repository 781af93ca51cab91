/// The data of a plot, and how gnuplot draws them.
extension GnuplotScript {
  /// What a plot command needs.
  struct Elements {
    /// Data blocks.
    var data: [String] = []
    /// Settings before the command.
    var settings: [String] = []
    /// The elements of the command.
    var plots: [String] = []

    /// Adds rows of numbers, drawn as `style` says; nothing where there are none.
    mutating func add(_ rows: [String], _ style: String) {
      guard rows.contains(where: { !$0.isEmpty }) else { return }
      let name = "$data\(plots.count)"
      data.append("\(name) << END_OF_DATA\n\(rows.joined(separator: "\n"))\nEND_OF_DATA")
      plots.append("\(name) \(style) notitle")
    }
  }

  var plotElements: Elements {
    var elements = Elements()
    if let heatMap = plot.heatMap { add(heatMap, to: &elements) }
    for layer in plot.layers { add(layer, to: &elements) }
    return elements
  }

  private func add(_ layer: Layer, to elements: inout Elements) {
    let color = layer.color.gnuplot
    let solid = "fs solid noborder fc \(color)"
    switch layer.shape {
    case .lines(let lines, let width, let isDashed):
      elements.add(
        rows(of: lines), "with lines lw \(width) \(isDashed ? "dt (14,9) " : "")lc \(color)")
    case .steps(let edges, let values, let width):
      elements.add(rows(of: steps(edges, values)), "with lines lw \(width) lc \(color)")
    case .filledSteps(let edges, let values):
      elements.add(
        rows(of: steps(edges, values)), "with filledcurves y1=\(bottomValue) \(solid)")
    case .bars(let edges, let heights):
      let bars = heights.indices.lazy.filter { heights[$0] > bottomValue }.map { bar in
        let (left, right) = (edges[bar], edges[bar + 1])
        return "\(left) \(heights[bar]) \(left) \(right) \(bottomValue) \(heights[bar])"
      }
      elements.add(Array(bars), "with boxxyerror \(solid)")
    case .ribbon(let lower, let upper):
      let rows = zip(lower, upper).map { "\($0.x) \($0.y) \($1.y)" }
      elements.add(rows, "with filledcurves \(solid)")
    case .points(let points, let diameter):
      elements.add(circles(points, diameter), "with circles \(solid)")
    case .rings(let points, let diameter, let width):
      elements.add(
        circles(points, diameter), "with circles fs empty border fc \(color) lw \(width)")
    case .ticks(let points, let height, let width):
      // As boxes: gnuplot rounds the ends of short lines to different pixels.
      let half = width / 2 * xUnitsPerPixel
      let strokes = points.map { point in
        "\(point.x) \(point.y) \(point.x - half) \(point.x + half) "
          + "\(point.y - height / 2) \(point.y + height / 2)"
      }
      elements.add(strokes, "with boxxyerror \(solid)")
    case .bands(let bands):
      for band in bands where band.overlaps(plot.xAxis.range) {
        let band = band.clamped(to: plot.xAxis.range)
        elements.settings.append(
          "set object rectangle from first \(band.lowerBound), graph 0 to first "
            + "\(band.upperBound), graph 1 behind \(solid)")
      }
    case .arrowHeads(let pairs, let length):
      let vectors = pairs.filter { $0.count == 2 }.map {
        "\($0[0].x) \($0[0].y) \($0[1].x - $0[0].x) \($0[1].y - $0[0].y)"
      }
      elements.add(
        vectors,
        "with vectors head filled size screen \(length / PlotLayout.width),20 fixed lc \(color)")
    }
  }

  /// The image. Viewers smooth the images of SVG files between pixels, so that few cells are
  /// repeated until the smoothing is too small to be seen.
  private func add(_ heatMap: HeatMap, to elements: inout Elements) {
    guard heatMap.rows > 0 else { return }
    let repetition = max(1, 300 / max(heatMap.rows, heatMap.columns))
    var rows: [String] = []
    for row in 0..<heatMap.rows {
      let line = heatMap.values[row * heatMap.columns..<(row + 1) * heatMap.columns].map {
        Array(repeating: "\(Float($0))", count: repetition).joined(separator: " ")
      }.joined(separator: " ")
      rows.append(contentsOf: repeatElement(line, count: repetition))
    }
    let x = placement(heatMap.x, cells: heatMap.columns, repetition)
    let y = placement(heatMap.y, cells: heatMap.rows, repetition)
    elements.add(rows, "matrix using (\(x("$1"))):(\(y("$2"))):3 with image")
  }

  /// Where the pixels of an image lie whose cells are centred from one end of `range` to the other.
  private func placement(
    _ range: ClosedRange<Double>, cells: Int, _ repetition: Int
  ) -> (String) -> String {
    let cell = cells > 1 ? (range.upperBound - range.lowerBound) / Double(cells - 1) : 1
    let pixel = cell / Double(repetition)
    let first = range.lowerBound - cell / 2 + pixel / 2
    return { "\(first) + \(pixel) * \($0)" }
  }

  /// The value at the bottom of the plot, from which bars and areas rise.
  private var bottomValue: Double { plot.yAxis.range.lowerBound }

  /// Lines as rows of numbers, an empty row after each.
  private func rows(of lines: [[Point]]) -> [String] {
    lines.flatMap { line in line.map { "\($0.x) \($0.y)" } + [""] }
  }

  /// The line of a histogram, one piece for each run of bins that have a value.
  private func steps(_ edges: [Double], _ values: [Double?]) -> [[Point]] {
    var lines: [[Point]] = []
    var isOpen = false
    for (bin, value) in values.enumerated() {
      guard let value, value.isFinite else {
        isOpen = false
        continue
      }
      if !isOpen { lines.append([]) }
      isOpen = true
      let height = max(value, bottomValue)
      lines[lines.count - 1] += [Point(edges[bin], height), Point(edges[bin + 1], height)]
    }
    return lines
  }

  /// Points as rows of x, y and a radius in units of x.
  private func circles(_ points: [Point], _ diameter: Double) -> [String] {
    points.map { "\($0.x) \($0.y) \(diameter / 2 * xUnitsPerPixel)" }
  }

  private var xUnitsPerPixel: Double {
    let range = plot.xAxis.range
    return (range.upperBound - range.lowerBound) / (layout.right - layout.left)
  }
}
