public import SpikingFramework

/// A drive given by numbers: column t of an array acts in bin t, and there is none outside.
///
/// ```swift
/// LoadedStimulus([0, 0.5, 1, 0.5])                                // [bins], for all targets
/// LoadedStimulus(NumericArray(values, shape: [50, 1000]))         // [neurons, bins]
/// LoadedStimulus(NumericArray(values, shape: [10, 50, 1000]))     // [networks, neurons, bins]
/// LoadedStimulus(networks: [small, large])                        // an array for each network
/// ```
///
/// An array by neurons has a row for each neuron of the network, target or not. The arrays say how
/// wide their columns are, and a run with other bins is refused, as it would play them at another
/// speed. They take 8 bytes a number.
public struct LoadedStimulus: Stimulus, Hashable {
  /// One array for all networks, [bins], [neurons, bins] or [networks, neurons, bins], or one for each
  /// network, [bins] or [neurons, bins].
  public var values: [NumericArray]
  /// What the numbers are multiplied by.
  public var scale: Double
  /// The width of a column in ms: that of the run's bins.
  public var dt: Double

  /// An array of [bins], [neurons, bins] or [networks, neurons, bins].
  public init(_ values: NumericArray, scale: Double = 1, dt: Double = 1) {
    self.init(networks: [values], scale: scale, dt: dt)
  }

  /// The same number for all targets in each bin.
  public init(_ values: [Double], scale: Double = 1, dt: Double = 1) {
    self.init(NumericArray(values), scale: scale, dt: dt)
  }

  /// An array of [bins] or [neurons, bins] for each network.
  public init(networks: [NumericArray], scale: Double = 1, dt: Double = 1) {
    values = networks
    self.scale = scale
    self.dt = dt
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("scale", &scale, in: .real)
    visit("dt", &dt, in: .positive, unit: .milliseconds)
  }

  public var arrays: [NamedArrays] {
    get { [NamedArrays("values", values)] }
    set { values = newValue[0].values }
  }

  public func strength(at time: Double) -> Double {
    guard let bin = BinTime(time).bin(dt: dt) else { return 0 }
    var (sum, rows) = (0.0, 0)
    for array in values {
      let bins = array.binCount
      let count = array.shape.dropLast().reduce(1, *)
      rows += count
      if bin < bins { for row in 0..<count { sum += array.values[row * bins + bin] } }
    }
    return rows == 0 ? 0 : scale * sum / Double(rows)
  }

  public func add(to drive: inout MutableSpan<Double>, of targets: BlockTargets, at moment: Moment)
  {
    let array = values[values.count == 1 ? 0 : targets.network]
    let bins = array.binCount
    guard moment.bin < bins else { return }
    if array.shape.count == 1 {
      let value = scale * array.values[moment.bin]
      for index in targets.indices { drive[index] += value }
      return
    }
    let firstRow = array.shape.count == 3 ? targets.network * array.shape[1] : 0
    for index in targets.indices {
      let row = firstRow + targets.neurons.lowerBound + index
      drive[index] += scale * array.values[row * bins + moment.bin]
    }
  }
}

extension LoadedStimulus {
  public func validate() throws(SpikingError) {
    try validateDomains()
    guard !values.isEmpty else {
      throw SpikingError(
        .invalidData, "LoadedStimulus.values", found: "no array", expected: "at least one")
    }
    for (index, array) in values.enumerated() {
      let name = "LoadedStimulus.values" + (values.count == 1 ? "" : " of network \(index)")
      let ranks = values.count == 1 ? 1...3 : 1...2
      guard ranks.contains(array.shape.count) else {
        throw SpikingError(
          .invalidData, name, found: "shape \(array)",
          expected: "(bins,), (neurons, bins)"
            + (values.count == 1 ? " or (networks, neurons, bins)" : ""))
      }
      try SpikingError.within(name, array.checkFinite())
    }
  }

  public func validate(
    targets: StimulusTargets, neuronCounts: [Int], dt: Double
  ) throws(SpikingError) {
    try BinTime.require(self.dt, sameAs: dt, "LoadedStimulus.dt", of: "columns")
    let name = "LoadedStimulus.values"
    guard values.count == 1 || values.count == neuronCounts.count else {
      throw SpikingError(
        .invalidData, name, found: "\(values.count) arrays",
        expected: "one, or one for each of the \(neuronCounts.count) networks")
    }
    for (network, neurons) in neuronCounts.enumerated() {
      let array = values[values.count == 1 ? 0 : network]
      let expected =
        switch array.shape.count {
        case 1: array.shape
        case 2: [neurons, array.binCount]
        default: [neuronCounts.count, neurons, array.binCount]
        }
      guard array.shape == expected else {
        let lengths = expected.dropLast().map { "\($0), " }.joined()
        throw SpikingError(
          .invalidData, "\(name) for network \(network)", found: "shape \(array)",
          expected: "(\(lengths)bins): the network has \(neurons) neurons"
            + (expected.count == 3 ? ", the run \(neuronCounts.count) networks" : ""))
      }
    }
  }
}

extension NumericArray {
  /// The length of the last dimension.
  fileprivate var binCount: Int { shape.last ?? 0 }
}
