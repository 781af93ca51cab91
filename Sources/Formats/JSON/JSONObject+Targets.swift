internal import SpikingFramework

extension JSONObject {
  /// The targets of a stimulus: a list, a list of lists, or the path of a mask, which is returned,
  /// too. All neurons where there is no such key.
  func targets(_ key: String) throws(SpikingError) -> (StimulusTargets, TargetMask?) {
    switch self[key] {
    case nil: return (.all, nil)
    case .string(let path):
      let mask = try TargetMask(NumPyArray(contentsOf: resolved(path)))
      return (mask.targets, mask)
    case .list(let list):
      guard case .list = list.first else { return (.everyNetwork(try neurons(list, key)), nil) }
      var lists: [[Int]] = []
      for (network, value) in list.enumerated() {
        guard case .list(let list) = value else {
          throw error(
            "\(key)[\(network)]", found: value, expected: "a list of neurons, like the first")
        }
        lists.append(try neurons(list, "\(key)[\(network)]"))
      }
      return (.perNetwork(lists), nil)
    default:
      throw error(
        key, expected: "a list of neurons, a list of lists, or the path of a boolean .npy file")
    }
  }

  private func neurons(_ list: [JSONValue], _ key: String) throws(SpikingError) -> [Int] {
    var neurons: [Int] = []
    for (index, value) in list.enumerated() {
      guard let number = value.double, let neuron = Int(exactly: number), neuron >= 0 else {
        throw error(
          "\(key)[\(index)]", found: value, expected: "the number of a neuron, from 0")
      }
      neurons.append(neuron)
    }
    return neurons
  }
}
