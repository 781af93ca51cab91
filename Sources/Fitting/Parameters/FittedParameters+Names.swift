internal import SpikingFramework

extension FittedParameters {
  /// One synapse whose weight is fitted.
  struct Weight {
    let name: String
    let value: Double
    let target: Int
  }

  /// The weights of all synapses, network by network, in the order of `forEachSynapse`.
  ///
  /// - Throws: `invalidData` where there are none, or too many.
  static func weights(_ networks: [Connectivity]) throws(SpikingError) -> [Weight] {
    let count = networks.reduce(0) { $0 + $1.synapseCount }
    guard 1...maximumCount ~= count else {
      throw SpikingError(
        .invalidData, "parameters: weights", found: "\(count) synapses",
        expected: "1 to \(maximumCount), whose second derivatives can be solved")
    }
    var weights: [Weight] = []
    var offset = 0
    for (number, network) in networks.enumerated() {
      let prefix = networks.count == 1 ? "weights" : "weights\(number + 1)"
      network.forEachSynapse { source, target, weight in
        weights.append(
          Weight(
            name: "\(prefix)[\(source), \(target)]", value: Double(weight),
            target: offset + target))
      }
      offset += network.neuronCount
    }
    return weights
  }

  /// Throws where a name is that of something that cannot be fitted, with those that can.
  static func checkKinds(
    _ names: [String], _ model: Model, _ stimuli: [TargetedStimulus]
  ) throws(SpikingError) {
    let parameters = model.parameters
    for name in names {
      guard let parameter = parameters.first(where: { $0.name == name }),
        parameter.domain.kind != .real || name == "dt"
      else { continue }
      let others = parameters.filter { $0.domain.kind == .real && $0.name != "dt" }.map(\.name)
      throw SpikingError(
        .invalidParameter, "parameters: \(name)",
        found: name == "dt" ? "the width of the bins" : "\(parameter.domain)",
        expected: "what can be fitted: \((others + ["weights"]).joined(separator: ", "))")
    }
  }

  /// Sets of parameters that are changed together to see the second derivatives of each: of the
  /// weights, one synapse of every neuron at a time. As the spikes are given, a weight matters to its
  /// own target alone.
  var groups: [[Int]] {
    let scalars = firstWeight ?? names.count
    var groups = (0..<scalars).map { [$0] }
    var ranks: [Int: Int] = [:]
    for (index, target) in targets.enumerated() {
      let group = scalars + ranks[target, default: 0]
      ranks[target, default: 0] += 1
      if group == groups.count { groups.append([]) }
      groups[group].append(scalars + index)
    }
    return groups
  }

  /// The parameters whose derivatives change with parameter `index` when its group changes: all for a
  /// parameter that is alone.
  func neighbours(of index: Int) -> [Int] {
    guard let firstWeight, index >= firstWeight else { return Array(names.indices) }
    let target = targets[index - firstWeight]
    return targets.indices.filter { targets[$0] == target }.map { firstWeight + $0 }
  }
}
