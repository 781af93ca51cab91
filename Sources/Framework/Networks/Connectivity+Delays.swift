extension Connectivity {
  /// Whether any synapse has a delay of more than one bin.
  public var hasDelays: Bool { maximumDelay > 1 }

  /// The longest delay of a synapse, in bins; 1 where none has been set.
  public var maximumDelay: Int {
    switch storage {
    case .dense: 1
    case .sparse(let rows): rows.maximumDelay
    }
  }

  /// Shows the synapses of one neuron with their delays in bins, targets ascending.
  ///
  /// A spike of bin t through a synapse of delay d first acts in bin t + d.
  public func forEachDelayedSynapse(
    from source: Int, _ body: (_ target: Int, _ weight: Float, _ delay: Int) -> Void
  ) {
    guard case .sparse(let rows) = storage else {
      forEachSynapse(from: source) { body($0, $1, 1) }
      return
    }
    for index in rows.offsets[source]..<rows.offsets[source + 1] {
      body(rows.target(index), rows.weights[index], rows.delay(index))
    }
  }
}
