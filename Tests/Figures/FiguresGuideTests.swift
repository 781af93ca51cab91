import Foundation
import Spiking
import SpikingTestCases
import Testing

/// What `Docs/Figures.md` shows.
@Suite struct FiguresGuideTests {
  // BEGIN GUIDE
  struct PopulationRateFigure: Figure {
    var recording: SpikeTrains
    var binWidth = 10.0
    var pulses: [ClosedRange<Double>] = []
    let name = "population-rate"

    var plot: Plot {
      let bins = Int(recording.duration / binWidth)
      let edges = (0...bins).map { recording.start + Double($0) * binWidth }
      var rates = [Double](repeating: 0, count: bins)
      for time in recording.times where time < edges[bins] {
        let bin = min(Int((time - recording.start) / binWidth), bins - 1)
        rates[bin] += 1000 / (binWidth * Double(recording.neuronCount))
      }
      let mean = rates.reduce(0, +) / Double(bins)
      var plot = Plot(
        title: "Population rate", subtitle: "\(recording.neuronCount) neurons",
        xAxis: Axis("Time (ms)", edges[0]...edges[bins]),
        yAxis: Axis("Rate (Hz)", 0...Axis.roundLimit(above: rates.max() ?? 0)))
      plot.layers = [
        Layer(.bands(pulses), color: .pulse, name: "stimulus"),
        Layer(.filledSteps(edges: edges, values: rates), color: .population.opacity(0.5)),
        Layer(
          .steps(edges: edges, values: rates, width: 3), color: .population, name: "all neurons"),
        Layer(
          .lines([[Point(edges[0], mean), Point(edges[bins], mean)]], width: 3, isDashed: true),
          color: .ink, name: "mean"),
      ]
      return plot
    }
  }
  // END GUIDE

  private let network: Connectivity

  init() throws {
    network = try NormalGenerator(neurons: 50, std: 5, glorot: true).network(0, seed: 0)
  }

  @Test func `the mean of the drawn rates is the firing rate`() throws {
    // Three spikes in 20 ms, of two neurons: 75 Hz; the last bin is not complete and left out.
    let recording = try SpikeTrains(trains: [[1, 5, 22], [15]], start: 0, stop: 25)
    let plot = PopulationRateFigure(recording: recording).plot
    #expect(plot.xAxis.range == 0...20 && plot.yAxis.range == 0...100)
    let steps = Layer(
      .steps(edges: [0, 10, 20], values: [100, 50], width: 3), color: .population,
      name: "all neurons")
    #expect(plot.layers[2] == steps)
    let mean = Layer(
      .lines([[Point(0, 75), Point(20, 75)]], width: 3, isDashed: true), color: .ink, name: "mean")
    #expect(plot.layers[3] == mean)
  }

  @Test(.enabled(if: (try? Gnuplot()) != nil, "gnuplot is not installed"))
  func `the figures are drawn`() async throws {
    let temporary = try FormatsFolder()
    let folder = temporary.path
    // BEGIN GUIDE
    try Gnuplot().render(WeightMatrixFigure(network), to: folder)  // weight-matrix.png and .svg
    // END GUIDE
    // BEGIN GUIDE
    let pulses = RegularStimulus(strength: 5, period: 100, duration: 10)
    let spikes = try await Simulator(BernoulliGLM()).run(
      network, steps: 1000, stimuli: [TargetedStimulus(pulses)], seed: 0)
    let times = stride(from: 0.0, to: 1000, by: 100).map { $0...($0 + 10) }
    let figure = PopulationRateFigure(recording: spikes.spikeTrains, pulses: times)
    let files = try Gnuplot().render(figure, to: folder)
    // END GUIDE
    #expect(files == ["population-rate.png", "population-rate.svg"])
    for file in files + ["weight-matrix.png", "weight-matrix.svg"] {
      #expect(try Data(contentsOf: URL(filePath: folder).appending(path: file)).count > 1000)
    }
  }

  @Test func `the page shows exactly this code`() throws {
    let guide = try GuideCode("Figures.md", tests: #filePath)
    #expect(guide.shown.count == 3)
    let drawing = Array(guide.shown[0].dropFirst())  // the folder is the test's own
    #expect(guide.tested == [guide.shown[1], drawing, guide.shown[2]])
  }
}
