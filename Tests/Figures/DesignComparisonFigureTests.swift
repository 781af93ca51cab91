import Spiking
import SpikingTestCases
import Testing

/// The figure of differences between designs.
@Suite struct DesignComparisonFigureTests {
  @Test func `each design has a disc and an error for each neuron, in order`() throws {
    let figure = try DesignComparisonFigure(
      [
        .init("both", differences: [0.2, .nan, -0.1], standardErrors: [0.05, 1, 0.02]),
        .init("none", differences: [-0.2, -0.3, -0.1], standardErrors: [.infinity, 0.1, 0.1]),
      ], reference: "speed")
    let plot = figure.plot
    #expect(plot.layers.compactMap(\.name) == ["both", "none"])
    #expect(plot.subtitle?.contains("speed") == true)
    let discs = plot.layers.compactMap { layer in
      if case .points(let points, _) = layer.shape { points } else { nil }
    }
    #expect(discs.map { $0.map(\.y) } == [[-0.1, 0.2], [-0.3, -0.2, -0.1]])
    #expect(plot.yAxis.range.contains(-0.4) && plot.yAxis.range.contains(0.25))
    expectError(.invalidData, ["design x", "0 standard errors", "1, one"]) {
      _ = try DesignComparisonFigure(
        [.init("x", differences: [1], standardErrors: [])], reference: "y")
    }
  }
}
