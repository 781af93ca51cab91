/// The legend: a sample and a name for each layer that has one, in rows above the plot.
extension GnuplotScript {
  func legend(_ terminal: Terminal) -> [String] {
    var lines: [String] = []
    for (layer, place) in zip(plot.layers.filter { $0.name != nil }, layout.legend) {
      lines.append(sample(layer, x: place.x, y: place.y))
      lines.append(
        label(
          layer.name ?? "", at: layout.screen(place.x + PlotLayout.sampleWidth, place.y),
          terminal.font(PlotLayout.smallFontSize)))
    }
    return lines
  }

  /// A small piece of the layer in a field 56 pixels wide around the height y.
  private func sample(_ layer: Layer, x: Double, y: Double) -> String {
    let color = layer.color.gnuplot
    switch layer.shape {
    case .lines(_, let width, let isDashed):
      return stroke(
        from: layout.screen(x, y), to: layout.screen(x + 56, y),
        "lw \(max(width, 4)) \(isDashed ? "dt (14,9) " : "")lc \(color)")
    case .steps(_, _, let width):
      return stroke(
        from: layout.screen(x, y), to: layout.screen(x + 56, y), "lw \(width) lc \(color)")
    case .ticks(_, _, let width):
      return stroke(
        from: layout.screen(x + 28, y + 18), to: layout.screen(x + 28, y - 18),
        "lw \(max(width, 5)) lc \(color)")
    case .filledSteps, .bars, .bands, .arrowHeads:
      return "set object rectangle from \(layout.screen(x, y + 16)) to "
        + "\(layout.screen(x + 56, y - 16)) front fs solid noborder fc \(color)"
    case .points(_, let diameter):
      return "set object circle at \(layout.screen(x + 28, y)) size "
        + "screen \(min(max(diameter, 24), 36) / 2 / PlotLayout.width) "
        + "front fs solid noborder fc \(color)"
    case .rings(_, _, let width):
      return "set object circle at \(layout.screen(x + 28, y)) size "
        + "screen \(17 / PlotLayout.width) front lw \(width) fs empty border lc \(color)"
    }
  }

  private func stroke(from: String, to: String, _ style: String) -> String {
    "set arrow from \(from) to \(to) nohead front \(style)"
  }
}
