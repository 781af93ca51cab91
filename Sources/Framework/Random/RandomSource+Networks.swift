extension RandomSource {
  /// What each network's random numbers belong to: its name, or its position where it has none,
  /// and the repetition where several have the same.
  package static func keys(of networks: [Connectivity]) -> [String] {
    var seen: [String: Int] = [:]
    return networks.enumerated().map { index, network in
      let name = network.name.isEmpty ? "\(index)" : network.name
      let repetition = seen[name, default: 0]
      seen[name] = repetition + 1
      return repetition == 0 ? name : "\(name)\u{0}\(repetition)"
    }
  }
}
