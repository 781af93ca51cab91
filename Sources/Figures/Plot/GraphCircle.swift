internal import Foundation

/// Where the neurons of a graph lie on the unit circle, and how synapses run between them.
struct GraphCircle {
  let neuronCount: Int

  /// The pixels from the centre of the circle to the neurons.
  private static let pixels = (PlotLayout.width - 120) / 2.4

  /// The diameter of a neuron in pixels: neighbours leave room for each other.
  var diameter: Double {
    min(46, max(6, 2 * Double.pi * Self.pixels / Double(neuronCount) * 0.55))
  }

  /// The place of a neuron, clockwise from the top.
  func position(_ neuron: Int, radius: Double = 1) -> Point {
    let angle = 2 * Double.pi * Double(neuron) / Double(neuronCount)
    return Point(radius * sin(angle), radius * cos(angle))
  }

  /// The curve of a synapse, from rim to rim: bent towards the centre and to one side, so that the
  /// two directions between a pair part; a loop for an autapse.
  func curve(from source: Int, to target: Int) -> [Point] {
    guard source != target else { return loop(at: source) }
    let (start, end) = (position(source), position(target))
    let (dx, dy) = (end.x - start.x, end.y - start.y)
    let control = Point(
      (start.x + end.x) * 0.3 - dy * 0.08, (start.y + end.y) * 0.3 + dx * 0.08)
    let points = (0...32).map { step -> Point in
      let t = Double(step) / 32
      let (a, b, c) = ((1 - t) * (1 - t), 2 * t * (1 - t), t * t)
      return Point(
        a * start.x + b * control.x + c * end.x, a * start.y + b * control.y + c * end.y)
    }
    return trimmed(points, start: start, end: end)
  }

  /// The points of a curve outside the discs at its ends, and the last of them on the rim.
  private func trimmed(_ points: [Point], start: Point, end: Point) -> [Point] {
    let radius = (diameter / 2 + 3) / Self.pixels
    var curve = points.filter {
      hypot($0.x - end.x, $0.y - end.y) > radius && hypot($0.x - start.x, $0.y - start.y) > radius
    }
    guard let last = curve.last else { return [start, end] }
    let distance = hypot(last.x - end.x, last.y - end.y)
    curve.append(
      Point(
        end.x + (last.x - end.x) * radius / distance, end.y + (last.y - end.y) * radius / distance))
    return curve
  }

  /// A loop outside the circle, which ends where it meets the disc.
  private func loop(at neuron: Int) -> [Point] {
    let radius = diameter / 2 / Self.pixels
    let size = 0.7 * radius
    let center = position(neuron, radius: 1 + 1.5 * radius)
    let outward = 2 * Double.pi * Double(neuron) / Double(neuronCount)
    return (0...24).map { step in
      let angle = outward + (Double(step) / 12 - 1) * 0.77 * Double.pi
      return Point(center.x + size * sin(angle), center.y + size * cos(angle))
    }
  }
}
