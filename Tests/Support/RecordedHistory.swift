package import Spiking

/// A built-in model with parameters for which a random history is possible, and its definition.
package struct LikelihoodCase: Sendable {
  package let name: String
  package let dt: Double
  /// The largest count of a bin.
  package let maximumCount: Int
  /// Those whose derivatives there are.
  package let parameters: [Parameter]
  /// What a replay finds with some parameters changed.
  package let value:
    @Sendable (
      _ replay: SpikeReplay, _ changes: [String: Double], _ derivatives: [String],
      _ weights: [[Double]]?
    ) async throws -> LikelihoodValue
  /// The log-likelihood of a bin by its definition.
  private let term: @Sendable (Int, [[Int]], Connectivity) -> Double

  @inline(never)
  package init<Model: CascadeModel>(
    _ model: Model, maximumCount: Int, coupling: @escaping @Sendable (Int) -> Double,
    own: @escaping @Sendable (Int) -> Double = { _ in 0 },
    mean: @escaping @Sendable (Double) -> Double,
    probability: @escaping @Sendable (Int, Double) -> Double
  ) {
    name = Model.typeName
    dt = model.dt
    self.maximumCount = maximumCount
    parameters = model.parameters.filter { $0.domain.kind == .real && $0.name != "dt" }
    value = { replay, changes, derivatives, weights in
      var changed = model
      for (name, value) in changes { try changed.setParameter(name, to: value) }
      return try await replay.evaluate([
        LikelihoodPoint(changed, parameters: derivatives, weights: weights)
      ])[0]
    }
    let (scale, baseline) = (model.synapticScale, model.baseline)
    term = { bin, history, network in
      let direct = DirectSum(
        coupling: coupling, own: own, scale: scale, baseline: baseline,
        delay: { source, target in
          var found = 1
          network.forEachDelayedSynapse(from: source) { if $0 == target { found = $2 } }
          return found
        })
      return (0..<network.neuronCount).reduce(0) { sum, neuron in
        let drive = direct.drive(of: neuron, at: bin, history, network).drive
        return sum + Elementary.logarithm(probability(history[bin][neuron], mean(drive)))
      }
    }
  }

  /// The log-likelihood by its definition, from bin `first` on.
  @inline(never)
  package func directSum(_ history: [[Int]], _ network: Connectivity, from first: Int) -> Double {
    (first..<history.count).reduce(0) { $0 + term($1, history, network) }
  }

  package static var all: [LikelihoodCase] {
    @inline(never) get {
      [bernoulliCase(), poissonCase(), rectifiedCase(), activationCase(), thresholdCase()]
    }
  }
}

package func bernoulliProbability(_ count: Int, _ p: Double) -> Double { count == 1 ? p : 1 - p }

package func poissonProbability(_ count: Int, _ mean: Double) -> Double {
  var probability = Elementary.exponential(-mean)
  for factor in 0..<count { probability *= mean / Double(factor + 1) }
  return probability
}

package func bernoulliModel() -> BernoulliGLM {
  var model = BernoulliGLM()
  model.theta = 1.5
  model.r = 0.7
  model.dt = 0.9
  model.absoluteRefractoryStrength = -2
  model.relativeRefractoryStrength = -1.2
  return model
}

package func bernoulliCase() -> LikelihoodCase {
  let model = bernoulliModel()
  return LikelihoodCase(
    model, maximumCount: 1,
    coupling: { $0 < model.couplingWindow ? power(-model.alpha * Double($0) * model.dt) : 0 },
    own: { k in
      if k < model.absoluteRefractoryScale { return model.absoluteRefractoryStrength }
      let late = k - model.absoluteRefractoryScale
      return late < model.relativeRefractoryScale
        ? model.relativeRefractoryStrength * power(-model.beta * Double(late) * model.dt) : 0
    },
    mean: { model.dt / (1 + power(model.theta - $0)) }, probability: bernoulliProbability)
}

package func poissonCase() -> LikelihoodCase {
  var model = PoissonGLM()
  model.alpha = 6
  model.beta = 0.8
  model.b = 0.3
  model.r = 0.4
  model.dt = 0.5
  let fixed = model
  return LikelihoodCase(
    fixed, maximumCount: 2,
    coupling: { $0 < fixed.couplingWindow ? power(-Double($0) * fixed.dt / fixed.tau) : 0 },
    mean: { fixed.dt / fixed.alpha * power(fixed.beta * $0) }, probability: poissonProbability)
}

package func rectifiedCase() -> LikelihoodCase {
  var model = RectifiedLNP()
  model.lambda0 = 2
  model.theta = -0.5
  model.couplingWindow = 30
  model.tau = 2
  model.b = 0.7
  model.r = 0.01
  let fixed = model
  return LikelihoodCase(
    fixed, maximumCount: 2,
    coupling: { $0 < fixed.couplingWindow ? power(-Double($0) * fixed.dt / fixed.tau) : 0 },
    mean: { fixed.lambda0 * fixed.dt * max($0 - fixed.theta, 0) }, probability: poissonProbability)
}

package func activationCase() -> LikelihoodCase {
  var model = RectifiedSAM()
  model.lambda0 = 2
  model.theta = -0.5
  model.tau = 1.5
  model.b = 0.7
  model.r = 0.1
  let fixed = model
  return LikelihoodCase(
    fixed, maximumCount: 2, coupling: { activation(fixed.dt, fixed.tau, $0) },
    mean: { fixed.lambda0 * fixed.dt * max($0 - fixed.theta, 0) }, probability: poissonProbability)
}

/// Drives stay below the threshold, as the likelihood jumps where one crosses it.
package func thresholdCase() -> LikelihoodCase {
  var model = ThresholdSAM()
  model.b = 0.9
  model.theta = 1.3
  model.rho = 0.6
  model.r = 0.02
  model.tau = 3
  let fixed = model
  return LikelihoodCase(
    fixed, maximumCount: 1, coupling: { activation(fixed.dt, fixed.tau, $0) },
    mean: {
      fixed.rho * SpecialFunctions.normalCumulative(($0 - fixed.theta) / (fixed.b * fixed.sigma))
        + ($0 > fixed.theta ? 1 - fixed.rho : 0)
    }, probability: bernoulliProbability)
}

private func power(_ x: Double) -> Double { Elementary.exponential(x) }

private func activation(_ dt: Double, _ tau: Double, _ k: Int) -> Double {
  var value = dt
  for _ in 0..<k { value *= 1 - dt / tau }
  return value
}

/// A history as spikes of one network.
package func binnedSpikes(_ history: [[Int]], dt: Double) throws -> BinnedSpikes {
  var (neurons, bins, counts): ([UInt32], [UInt32], [UInt16]) = ([], [], [])
  for (bin, row) in history.enumerated() {
    for (neuron, count) in row.enumerated() where count > 0 {
      neurons.append(UInt32(neuron))
      bins.append(UInt32(bin))
      counts.append(UInt16(count))
    }
  }
  return try BinnedSpikes(
    neurons: neurons, bins: bins, counts: counts, binCount: history.count, dt: dt,
    networkOffsets: [0, history[0].count], seed: nil)
}
