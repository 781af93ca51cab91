import Spiking

/// The fraction of all intervals that are shorter than `longest` ms; nil where there are none.
public struct BurstFraction: Analyzer, Statistic {
  public var longest = 10.0

  public init() {}

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("longest", &longest, in: .positive, unit: .milliseconds)
  }

  public func analyze(_ recording: SpikeTrains) -> Double? {
    let intervals = Intervals().analyze(recording)
    let short = intervals.count { $0 < longest }
    return intervals.isEmpty ? nil : Double(short) / Double(intervals.count)
  }

  /// What `spiking analyze --statistics burst-fraction` writes of each neuron.
  public func results(for spikes: SpikeTrains) throws -> StatisticResults {
    var results = StatisticResults()
    results.columns["burst_fraction"] = try (0..<spikes.neuronCount).map { neuron in
      analyze(try spikes.selecting([neuron])) ?? .nan
    }
    return results
  }
}
