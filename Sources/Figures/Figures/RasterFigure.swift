public import SpikingFramework

/// The spikes of a network over time, a row for each neuron, those of stimulated neurons in their
/// own colour.
///
/// Of more than 500 neurons an even selection is shown, and a window with more than 50 000 spikes
/// is cut short; the figure says so.
public struct RasterFigure: Figure {
  /// What is shown.
  public let recording: SpikeTrains
  /// The neurons that are stimulated.
  public let stimulated: Set<Int>
  /// From when, in ms.
  public let from: Double
  /// Until when, in ms.
  public let to: Double
  /// When the stimulus is on, in ms.
  public let pulses: [ClosedRange<Double>]

  /// The most neurons that are drawn.
  public static let maximumNeurons = 500
  /// The most spikes that are drawn.
  public static let maximumSpikes = 50_000

  /// The figure of a part of a recording.
  ///
  /// - Throws: `invalidParameter` where the times are not finite or not in order, or a stimulated
  ///   neuron does not exist.
  public init(
    _ recording: SpikeTrains, stimulated: Set<Int> = [], from: Double, to: Double,
    pulses: [ClosedRange<Double>] = []
  ) throws(SpikingError) {
    guard from.isFinite, to.isFinite, from < to else {
      throw SpikingError(
        .invalidParameter, "raster", found: "\(from) to \(to) ms",
        expected: "a beginning before the end")
    }
    try checkNeurons(stimulated, below: recording.neuronCount)
    self.recording = recording
    self.stimulated = stimulated
    self.from = from
    self.to = to
    self.pulses = pulses
  }

  public var name: String { "raster" }

  public var plot: Plot {
    let neurons = evenSelection(of: recording.neuronCount, atMost: Self.maximumNeurons)
    let (groups, end) = spikes(of: neurons)
    var notes: [String] = []
    if neurons.count < recording.neuronCount {
      notes.append("\(neurons.count) of \(grouped(recording.neuronCount)) neurons")
    }
    if end < to { notes.append("the first \(grouped(Self.maximumSpikes)) spikes") }
    var plot = Plot(
      title: "Spike raster", subtitle: notes.isEmpty ? nil : notes.joined(separator: ", "),
      xAxis: Axis("Time (ms)", from...end),
      yAxis: Axis("Neuron", -0.6...(max(Double(recording.neuronCount), 1) - 0.4)))
    plot.yAxis.isWhole = true
    if !pulses.isEmpty {
      plot.layers.append(Layer(.bands(pulses), color: .pulse, name: "stimulus on"))
    }
    // A stroke is at least 2 pixels high, however low the rows are, and thinner in a crowd.
    let height = max(0.8, 2 * Double(recording.neuronCount) / 650)
    let width = groups.stimulated.count + groups.unstimulated.count > 10_000 ? 1.5 : 4
    for (spikes, name, color) in [
      (groups.unstimulated, "unstimulated", Color.unstimulated),
      (groups.stimulated, "stimulated", Color.stimulated),
    ] where name == "unstimulated" || !stimulated.isEmpty {
      plot.layers.append(
        Layer(.ticks(spikes, height: height, width: width), color: color, name: name))
    }
    return plot
  }

  /// The spikes in the window, and where the window ends so that they are not too many.
  private func spikes(
    of neurons: [Int]
  ) -> (groups: (stimulated: [Point], unstimulated: [Point]), end: Double) {
    var points: [(point: Point, isStimulated: Bool)] = []
    for neuron in neurons {
      for time in recording[neuron] where from...to ~= time {
        points.append((Point(time, Double(neuron)), stimulated.contains(neuron)))
      }
    }
    var end = to
    if points.count > Self.maximumSpikes {
      end = points.map(\.point.x).sorted()[Self.maximumSpikes]
      // All of them at once: there is no shorter window.
      if end <= from { end = to }
      points.removeAll { $0.point.x >= end }
    }
    return (
      (
        points.filter(\.isStimulated).map(\.point),
        points.filter { !$0.isStimulated }.map(\.point)
      ), end
    )
  }
}

/// At most `limit` of the numbers from 0 to count − 1, evenly spaced.
func evenSelection(of count: Int, atMost limit: Int) -> [Int] {
  count <= limit ? Array(0..<count) : (0..<limit).map { $0 * count / limit }
}

/// Throws unless all stimulated neurons exist.
func checkNeurons(_ neurons: Set<Int>, below count: Int) throws(SpikingError) {
  if let wrong = neurons.filter({ $0 < 0 || $0 >= count }).min() {
    throw SpikingError(
      .invalidParameter, "stimulated", found: "neuron \(wrong)",
      expected: count > 0 ? "0 to \(count - 1)" : "none, as there are no neurons")
  }
}
