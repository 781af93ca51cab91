/// The legend: a sample for each layer that has a name, beside it.
extension GnuplotScript {
  var legend: [String] {
    zip(plot.layers.filter { $0.name != nil }, layout.samples).map { layer, place in
      sample(layer, x: place.x, y: place.y)
    }
  }

  /// A small piece of the layer in a field 56 pixels wide around the height y.
  private func sample(_ layer: Layer, x: Double, y: Double) -> String {
    // What is faint where many overlap is not so alone.
    let isAlone = if case .bands = layer.shape { false } else { true }
    let color = layer.color.opacity(max(layer.color.opacity, isAlone ? 0.75 : 0)).gnuplot
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
    case .filledSteps, .bars, .bands, .ribbon, .arrowHeads:
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
