internal import Foundation
internal import SpikingFramework
internal import SpikingNumerics

/// The search of a minimum under penalties without derivatives, and under constraints on signs: in every
/// step the likelihood is replaced by its quadratic approximation, whose minimum under penalty and
/// constraints is found group by group, and approached along a line on which the objective falls. (Lee,
/// Sun and Saunders 2014, SIAM J Optim 24:1420; for one group after the other Friedman, Hastie and
/// Tibshirani 2010, J Stat Softw 33:1.)
struct ProximalNewton {
  let settings: FitSettings
  let columns: FitColumns

  func minimize(
    _ objective: PenalisedObjective<some Nonlinearity, some Emission>
  ) -> FitSolution {
    let groups = settings.penalties.groups(
      of: objective.active, in: columns, sign: settings.sign)
    var position = objective.position
    for group in groups { group.project(&position) }
    var gradient = position
    var smooth = objective.value(at: position, gradient: &gradient)
    var value = smooth + penalty(position, groups)
    var (iterations, reason) = (0, StopReason.maximumIterations)
    var unbalanced = norm(of: groups, gradient, position)
    var decrease = Double.infinity
    while iterations < settings.minimizer.maximumIterations {
      if Task.isCancelled {
        reason = .cancelled
        break
      }
      let model = QuadraticModel(
        matrix: objective.secondDerivatives(at: position), gradient: gradient, center: position)
      let target = model.minimum(groups)
      decrease = model.decrease(to: target) + penalty(position, groups) - penalty(target, groups)
      let tolerance = settings.minimizer.tolerance
      if decrease <= tolerance * tolerance || unbalanced == 0 {
        reason = .gradient
        break
      }
      guard
        let step = descend(
          objective, from: position, to: target, groups, value: value, decrease: decrease)
      else {
        reason = decrease <= 1e-12 ? .gradient : .noProgress
        break
      }
      (position, gradient, smooth) = (step.position, step.gradient, step.smooth)
      value = smooth + penalty(position, groups)
      unbalanced = norm(of: groups, gradient, position)
      iterations += 1
    }
    var slopes = gradient
    _ = objective.value(at: position, gradient: &slopes)
    return FitSolution(
      coefficients: objective.coefficients, logLikelihood: objective.logLikelihood,
      certificate: FitCertificate(
        gradientNorm: unbalanced, excess: max(decrease, 0), iterations: iterations,
        evaluations: objective.evaluations, reason: reason))
  }

  private struct Step {
    let position: [Double]
    let gradient: [Double]
    let smooth: Double
  }

  /// The first of the points 1, ½, ¼, … of the way at which the objective fell by a part of what the
  /// approximation promised; nil where none is.
  private func descend(
    _ objective: PenalisedObjective<some Nonlinearity, some Emission>, from position: [Double],
    to target: [Double], _ groups: [PenalisedGroup], value: Double, decrease: Double
  ) -> Step? {
    var fraction = 1.0
    var gradient = position
    for _ in 0..<40 {
      let point = zip(position, target).map { $0 + fraction * ($1 - $0) }
      let smooth = objective.value(at: point, gradient: &gradient)
      let rounding = 8 * value.magnitude.ulp
      if smooth + penalty(point, groups) <= value - 1e-4 * fraction * decrease + rounding,
        smooth.isFinite
      {
        return Step(position: point, gradient: gradient, smooth: smooth)
      }
      fraction /= 2
    }
    return nil
  }

  private func penalty(_ position: [Double], _ groups: [PenalisedGroup]) -> Double {
    groups.reduce(0) { $0 + $1.penalty(position) }
  }

  private func norm(
    of groups: [PenalisedGroup], _ gradient: [Double], _ position: [Double]
  ) -> Double {
    groups.reduce(0) { $0 + $1.unbalanced(gradient, at: position) }.squareRoot()
  }
}
