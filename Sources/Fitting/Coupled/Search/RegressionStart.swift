internal import SpikingFramework
internal import SpikingNumerics

/// A start of the search for neurons whose rates change much, such as place cells, from which Newton's steps are good at once.
///
/// From a constant rate m Newton's step says by how much d the drive of each bin is to change, and so what the mean count would
/// be if it were linear in the columns: m + m′ d. The drive that has this mean, by the curvature κ = m″ / m′ of the nonlinearity,
/// is changed by ln(1 + κ d) / κ. The weights of columns that come nearest to it follow from the same second derivatives: one
/// more pass through the bins, instead of three or four steps that go beyond the maximum and come back. (A linear
/// regression and then a nonlinearity: Chichilnisky 2001, Network 12:199.)
struct RegressionStart {
  /// κ.
  private let curvature: Double
  /// The Fisher information on the drive in a bin at the constant rate.
  private let information: Double

  /// By how much the drives of bins have to change for it to be worth while, as a root mean square.
  private static let leastChange = 0.5
  /// The least part of the mean at the constant rate that a bin is given.
  private static let leastPart = 0.03

  init(_ mean: DrivenMean<some Nonlinearity>, drive: Double, information: Double) {
    let step = 1e-3
    func slope(_ drive: Double) -> Double { mean.meanAndSlope(at: drive).slope }
    curvature = (slope(drive + step) - slope(drive - step)) / (2 * step * slope(drive))
    self.information = information
  }

  /// Takes an objective from a constant rate to the start, and says whether it did: not where it is higher there.
  ///
  /// - Parameter secondDerivatives: those at the constant rate.
  func move(
    _ objective: PenalisedObjective<some Nonlinearity, some Emission>,
    secondDerivatives: SymmetricMatrix
  ) -> Bool {
    guard curvature.isFinite, abs(curvature) > 1e-3,
      objective.coefficients.dropFirst().allSatisfy({ $0 == 0 }),
      let factor = CholeskyFactor(secondDerivatives)
    else { return false }
    let constant = objective.position
    var slopes = constant
    let value = objective.value(at: constant, gradient: &slopes)
    let gradient = factor.whitened(gradient: slopes)
    guard dot(gradient, gradient) > Self.leastChange * Self.leastChange * information else {
      return false
    }
    var step = [Double](repeating: 0, count: objective.coefficients.count)
    for (column, change) in zip(objective.active, factor.unwhitened(gradient)) {
      step[column] = -change
    }
    let sums = objective.objective.sums(of: changes, at: step)
    let scale = information / objective.binCount
    let weights = factor.solving(objective.active.map { scale * sums[$0] })
    let start = zip(constant, weights).map { $0 + $1 }
    if objective.value(at: start, gradient: &slopes) < value { return true }
    _ = objective.value(at: constant, gradient: &slopes)
    return false
  }

  /// ln(1 + κ d) / κ of changes d.
  private func changes(_ drives: inout MutableSpan<Double>, _ changes: inout MutableSpan<Double>) {
    for index in drives.indices {
      drives[index] = max(1 + curvature * drives[index], Self.leastPart)
    }
    Elementary.logarithms(of: drives.span, into: &changes)
    for index in changes.indices { changes[index] /= curvature }
  }
}
