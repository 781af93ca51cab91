internal import SpikingFramework
internal import SpikingNumerics

/// The log-likelihood of recorded spikes as a function of parameters without bounds (`Coordinate`).
struct LikelihoodFunction<Model: LikelihoodModel> {
  let replay: SpikeReplay
  let parameters: FittedParameters<Model>
  /// Whether the model gives the derivatives of its own parameters; those of stimuli are differences.
  let hasGradient: Bool
  /// How far a coordinate is moved for a difference.
  var steps: [Double]
  /// How many times the spikes were replayed.
  private(set) var evaluations = 0

  /// A value and its derivatives with respect to the coordinates.
  struct Value {
    let logLikelihood: Double
    let gradient: [Double]
    let fault: LikelihoodValue.Fault?
  }

  init(
    _ parameters: FittedParameters<Model>, _ replay: SpikeReplay
  ) throws(SpikingError) {
    self.parameters = parameters
    self.replay = replay
    let start = try parameters.point(parameters.initialValues, derivatives: true)
    let differentiable = start.model as? any DifferentiableModel
    hasGradient = differentiable != nil
    // Throws where not all of the parameters can be found together.
    _ = try differentiable?.makeReplayedBlock(
      of: replay.networks[0], neurons: 0..<min(replay.networks[0].neuronCount, 1),
      parameters: start.parameters, weights: start.weights?[0])
    if !hasGradient, parameters.firstWeight != nil {
      throw SpikingError(
        .invalidParameter, "parameters: weights",
        "\(Model.typeName) does not give the derivatives that weights are fitted by")
    }
    steps = []
    steps = sizes(at: self.start).map { 1e-4 * $0 }
  }

  /// Changes of the coordinates that matter, as far as one can say before the likelihood is known; of
  /// weights that of the largest.
  func sizes(at position: [Double]) -> [Double] {
    let first = parameters.firstWeight ?? position.count
    let largest = position[first...].map(abs).max() ?? 0
    return position.indices.map {
      $0 < first
        ? parameters.coordinates[$0].size(at: position[$0]) : (largest == 0 ? 1 : largest)
    }
  }

  /// Where the values of the model are.
  var start: [Double] {
    zip(parameters.coordinates, parameters.initialValues).map { $0.position(of: $1) }
  }

  func values(at position: [Double]) -> [Double] {
    zip(parameters.coordinates, position).map { $0.value(at: $1) }
  }

  /// The log-likelihood alone.
  mutating func logLikelihood(at position: [Double]) async throws -> Double {
    evaluations += 1
    return try await replay.evaluate([
      parameters.point(values(at: position), derivatives: false)
    ])[0].logLikelihood
  }

  /// The log-likelihood and its derivatives at several positions, replayed side by side.
  mutating func evaluate(_ positions: [[Double]]) async throws -> [Value] {
    let differences = hasGradient ? parameters.ofStimuli : parameters.names.indices.map(\.self)
    var points: [LikelihoodPoint<Model>] = []
    for position in positions {
      points.append(try parameters.point(values(at: position), derivatives: hasGradient))
      for index in differences {
        for side in [-1.0, 1] {
          var moved = position
          moved[index] += side * steps[index]
          points.append(try parameters.point(values(at: moved), derivatives: false))
        }
      }
    }
    evaluations += points.count
    let results = try await replay.evaluate(points)
    let stride = 1 + 2 * differences.count
    return positions.indices.map { number in
      let found = Array(results[number * stride..<(number + 1) * stride])
      return value(found, differences, at: positions[number])
    }
  }

  private func value(
    _ found: [LikelihoodValue], _ differences: [Int], at position: [Double]
  ) -> Value {
    var gradient = [Double](repeating: 0, count: position.count)
    if hasGradient {
      let weights = parameters.firstWeight.map { Array($0..<position.count) } ?? []
      for (place, index) in (parameters.ofModel + weights).enumerated() {
        gradient[index] =
          found[0].gradient[place] * parameters.coordinates[index].slope(at: position[index])
      }
    }
    for (place, index) in differences.enumerated() {
      let (below, above) = (found[1 + 2 * place], found[2 + 2 * place])
      gradient[index] = (above.logLikelihood - below.logLikelihood) / (2 * steps[index])
    }
    return Value(
      logLikelihood: found[0].logLikelihood, gradient: gradient, fault: found[0].fault)
  }

  /// Second derivatives of the negative log-likelihood, by differences of gradients; of the
  /// parameters themselves or of their coordinates.
  ///
  /// - Complexity: two gradients for each parameter; for each synapse of a neuron where weights are
  ///   fitted, not for each of the network.
  mutating func information(
    at position: [Double], ofValues: Bool
  ) async throws -> SymmetricMatrix {
    let groups = parameters.groups
    let positions = groups.flatMap { group in
      [-1.0, 1].map { side in
        var moved = position
        for index in group { moved[index] += side * steps[index] }
        return moved
      }
    }
    // A few at a time: with many weights, points are large.
    var gradients: [[Double]] = []
    for start in stride(from: 0, to: positions.count, by: 64) {
      let part = Array(positions[start..<min(start + 64, positions.count)])
      for (value, position) in zip(try await evaluate(part), part) {
        gradients.append(
          ofValues
            ? zip(value.gradient, zip(parameters.coordinates, position)).map {
              $0 / $1.0.slope(at: $1.1)
            } : value.gradient)
      }
    }
    var matrix = SymmetricMatrix(order: position.count)
    for (number, group) in groups.enumerated() {
      let (below, above) = (gradients[2 * number], gradients[2 * number + 1])
      for index in group {
        let coordinate = parameters.coordinates[index]
        let width =
          ofValues
          ? coordinate.value(at: position[index] + steps[index])
            - coordinate.value(at: position[index] - steps[index]) : 2 * steps[index]
        for other in parameters.neighbours(of: index) {
          matrix[index, other] = (below[other] - above[other]) / width
        }
      }
    }
    return Self.symmetrized(matrix, block: parameters.firstWeight ?? position.count)
  }

  /// Entries that were found twice made equal: their mean within the first `block` rows and among the
  /// others, and what the first rows say between the two.
  private static func symmetrized(_ matrix: SymmetricMatrix, block: Int) -> SymmetricMatrix {
    var matrix = matrix
    for row in 0..<matrix.order {
      for column in 0..<row {
        let isMixed = row >= block && column < block
        let entry =
          isMixed ? matrix[column, row] : 0.5 * (matrix[row, column] + matrix[column, row])
        matrix[row, column] = entry
        matrix[column, row] = entry
      }
    }
    return matrix
  }
}
