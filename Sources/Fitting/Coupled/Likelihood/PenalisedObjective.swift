internal import SpikingFramework
internal import SpikingNumerics

/// What is minimised, −ℓ/T + ½ wᵀ P w with the squares of the penalty, and a multiple of an own filter's response where that is bounded,
/// as a function of those coefficients that are free.
final class PenalisedObjective<InverseLink: Nonlinearity, EmissionModel: Emission> {
  let objective: NeuronObjective<InverseLink, EmissionModel>
  let binCount: Double
  /// Its squares.
  let squares: QuadraticPenalty
  /// The columns that are free.
  let active: [Int]
  /// All coefficients, the others at the values at which they are kept.
  private(set) var coefficients: [Double]
  /// What the response of the own filter costs.
  var response: (cost: Double, of: OwnResponse)? { didSet { last = nil } }
  /// ℓ at the last point that was evaluated.
  private(set) var logLikelihood = -Double.infinity
  private var gradient: [Double]
  /// How often the likelihood was evaluated in every bin.
  private(set) var evaluations: Int
  /// A point at which it was evaluated before, with ℓ and its gradient.
  private let known: (coefficients: [Double], logLikelihood: Double, gradient: [Double])?
  /// The last point that was evaluated: searches end with a second look at it.
  private var last: (position: [Double], value: Double, slopes: [Double])?

  init(
    _ objective: NeuronObjective<InverseLink, EmissionModel>, binCount: Double,
    squares: QuadraticPenalty, active: [Int], coefficients: [Double],
    known: (coefficients: [Double], logLikelihood: Double, gradient: [Double])? = nil,
    evaluations: Int = 0
  ) {
    self.objective = objective
    self.binCount = binCount
    self.squares = squares
    self.active = active
    self.coefficients = coefficients
    self.known = known
    gradient = coefficients
    self.evaluations = evaluations
  }

  /// The free coefficients.
  var position: [Double] { active.map { coefficients[$0] } }

  /// The value at a position, and its gradient.
  func value(at position: [Double], gradient slopes: inout [Double]) -> Double {
    for (index, column) in active.enumerated() { coefficients[column] = position[index] }
    if let last, last.position == position {
      slopes = last.slopes
      return last.value
    }
    if let known, known.coefficients == coefficients {
      (logLikelihood, gradient) = (known.logLikelihood, known.gradient)
    } else {
      logLikelihood = objective.logLikelihood(coefficients, gradient: &gradient)
      evaluations += 1
    }
    var value = -logLikelihood / binCount + squares.value(coefficients)
    for column in gradient.indices { gradient[column] /= -binCount }
    squares.addSlopes(at: coefficients, to: &gradient)
    for (index, column) in active.enumerated() { slopes[index] = gradient[column] }
    if let response {
      value += response.cost * response.of.value(coefficients)
      let own = response.of.gradient(coefficients)
      for (index, column) in active.enumerated() where response.of.columns.contains(column) {
        slopes[index] += response.cost * own[column - response.of.columns.lowerBound]
      }
    }
    last = (position, value, slopes)
    return value
  }

  /// Whether second derivatives, which change much where rates do, as those of place cells, take not much longer than a value.
  var secondDerivativesAreCheap: Bool {
    objective.data.terms.count > 0 && active.count <= 128
  }

  /// The expected second derivatives at a position.
  func secondDerivatives(at position: [Double]) -> SymmetricMatrix {
    for (index, column) in active.enumerated() { coefficients[column] = position[index] }
    var matrix = objective.informationMatrix(coefficients, of: active)
    for index in matrix.entries.indices { matrix.entries[index] /= binCount }
    squares.add(to: &matrix, of: active)
    if let response {
      let own = response.of.secondDerivatives(coefficients)
      let first = response.of.columns.lowerBound
      let places = active.enumerated().filter { response.of.columns.contains($1) }
      for (row, rowColumn) in places {
        for (place, column) in places {
          matrix[row, place] += response.cost * own[rowColumn - first, column - first]
        }
      }
    }
    return matrix
  }
}
