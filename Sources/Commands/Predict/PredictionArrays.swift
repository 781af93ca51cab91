internal import Spiking

/// The arrays of `predictions.npz`, and under which names the parts and curves of terms stand there.
struct PredictionArrays {
  private(set) var list: [(name: String, array: NumPyArray)] = []
  /// The array of each part of the drive.
  private(set) var contributions: [String] = []
  /// The first array of each curve, before which names of the others begin.
  private(set) var curves: [String] = []
  private var names: Set<String> = []

  init(_ results: PredictionResults) {
    let (neurons, bins) = (results.neurons, results.binCount)
    var evaluated = [Bool](repeating: false, count: bins)
    for range in neurons.first?.rates.evaluated ?? [] {
      for bin in range { evaluated[bin] = true }
    }
    add("neuron", NumPyArray(neurons.map { UInt32($0.neuron) }))
    add("dt", NumPyArray(scalar: results.fit.dt))
    add("start_ms", NumPyArray(scalar: results.origin))
    add("evaluated", NumPyArray(evaluated))
    add("baseline", NumPyArray(neurons.map(\.rates.baseline)))
    add("rates_hz", NumPyArray(neurons.flatMap(\.rates.rates), shape: [neurons.count, bins]))
    for (number, part) in (neurons.first?.rates.parts ?? []).enumerated() {
      let drives = neurons.flatMap { $0.rates.parts[number].drive }
      contributions.append(
        add(
          "contribution/\(Self.name(part.name))",
          NumPyArray(drives, shape: [neurons.count, bins])))
    }
    for number in (neurons.first?.rates.curves ?? []).indices {
      add(neurons.map { $0.rates.curves[number] }, results.grids[number])
    }
    if let alignment = results.alignment { add(neurons.compactMap(\.average), alignment) }
    add("version", NumPyArray(scalar: spikingVersion))
  }

  /// The arrays of the curves of one term.
  private mutating func add(_ curves: [TermCurve], _ grid: TermGrid) {
    let lengths = grid.axes.map(\.values.count)
    func array(_ values: (TermCurve) -> [Double]) -> NumPyArray {
      NumPyArray(curves.flatMap(values), shape: [curves.count] + lengths)
    }
    let base = add("tuning_\(Self.name(grid.term))", array(\.drive))
    self.curves.append(base)
    let numbered = grid.axes.filter(\.labels.isEmpty)
    for (number, axis) in numbered.enumerated() {
      add(base + (numbered.count == 1 ? "_grid" : "_grid_\(number)"), NumPyArray(axis.values))
    }
    if let axis = grid.axes.first(where: { !$0.labels.isEmpty }) {
      add("\(base)_categories", NumPyArray(axis.labels))
    }
    add("\(base)_hz", array(\.rates))
    if curves.contains(where: { $0.standardErrors != nil }) {
      let missing = [Double](repeating: .nan, count: grid.count)
      add("\(base)_se", array { $0.standardErrors ?? missing })
      add("\(base)_hz_low", array { $0.interval?.map { $0?.lowerBound ?? .nan } ?? missing })
      add("\(base)_hz_high", array { $0.interval?.map { $0?.upperBound ?? .nan } ?? missing })
    }
    add("\(base)_recorded_hz", array(\.recordedRates))
    add("\(base)_occupancy_ms", NumPyArray(curves[0].occupancy, shape: lengths))
  }

  private mutating func add(_ averages: [TrialAverage], _ alignment: TrialAlignment) {
    let (conditions, bins) = (alignment.conditions.count, alignment.lags.count)
    func array(_ values: (TrialAverage) -> [Double]) -> NumPyArray {
      let rows = averages.map(values)
      return NumPyArray(
        (0..<conditions).flatMap { condition in
          rows.flatMap { $0[condition * bins..<(condition + 1) * bins] }
        }, shape: [conditions, averages.count, bins])
    }
    add("psth", array(\.recorded))
    add("psth_predicted", array(\.predicted))
    add("psth_ms", NumPyArray(alignment.milliseconds))
    add("conditions", NumPyArray(alignment.conditions))
    if let counts = averages.first?.trialCounts {
      add("psth_trials", NumPyArray(counts.map(Int64.init), shape: [conditions, bins]))
    }
  }

  /// Adds an array under a name that no other has, which it returns.
  @discardableResult
  private mutating func add(_ wanted: String, _ array: NumPyArray) -> String {
    var (name, number) = (wanted, 2)
    while !names.insert(name).inserted {
      name = "\(wanted)_\(number)"
      number += 1
    }
    list.append((name, array))
    return name
  }

  /// A name without what divides folders, as the paths of stimuli have.
  private static func name(_ text: String) -> String { text.replacing("/", with: "_") }
}
