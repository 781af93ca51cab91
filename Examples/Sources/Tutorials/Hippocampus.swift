import Spiking

/// Units of a rat's hippocampus: fitted to the first half of a recording, judged by the second.
public struct Hippocampus: Sendable {
  /// A fit to the first half, and what it says of the second, unit by unit.
  public struct Result: Sendable {
    public let fit: CoupledFit
    public let bitsPerSpike: [Double]
    public let intervals: [RescaledIntervals]
  }

  public let recording: SpikeTrains
  public let spikes: BinnedSpikes
  /// From each unit's own past.
  public let alone: Result
  /// From the past of all units.
  public let coupled: Result
  /// From the past of all that share no spikes with the unit.
  public let distinct: Result

  /// Reads `rat_hippocampus.nwb` of a folder, and fits it.
  public init(folder: String) async throws {
    let path = "\(folder)/rat_hippocampus.nwb"
    // BEGIN TUTORIAL
    let recording = try NWBFile(path).units()
    let spikes = try recording.binned(width: 1)

    let history = RaisedCosineLogBasis(count: 6, window: 100)
    let alone = CoupledFitter(history: history)
    var coupled = CoupledFitter(
      history: history, coupling: RaisedCosineLogBasis(count: 4, window: 50))
    coupled.penalty = Penalty(groupLasso: 1e-5)
    // END TUTORIAL
    self.recording = recording
    self.spikes = spikes
    self.alone = try await Self.result(alone, spikes)
    self.coupled = try await Self.result(coupled, spikes)
    self.distinct = try await Self.result(
      Self.distinct(coupled, recording), spikes)
  }

  private static func result(
    _ fitter: CoupledFitter<Exponential, PoissonEmission>, _ spikes: BinnedSpikes
  ) async throws -> Result {
    // BEGIN TUTORIAL
    let half = spikes.binCount / 2
    let fit = try await fitter.fit(spikes, segments: [0..<half])
    let predictions = try await fit.predictions(for: spikes, segments: [half..<spikes.binCount])
    let bits = try predictions.map { try $0.goodness().bitsPerSpike ?? .nan }
    let intervals = try predictions.map {
      TimeRescaling().analyze(try $0.spikes(.poissonSpikes))
    }
    // END TUTORIAL
    return Result(fit: fit, bitsPerSpike: bits, intervals: intervals)
  }

  /// The coupling filters that the penalty left.
  public var couplings: [(source: Int, target: Int, taps: [Double])] {
    let units = 0..<recording.neuronCount
    return units.flatMap { source in
      units.filter { $0 != source }.map { target in
        (source, target, coupled.fit.filter(from: source, to: target))
      }
    }.filter { $0.2.contains { $0 != 0 } }
  }

  /// What is shared at the same time, some coupling filters, and the second half after time rescaling.
  public func figures() throws -> [any Figure] {
    let correlation = try CountCorrelation(binWidth: 1).analyze(recording)
    let filters = [(12, 0), (2, 10), (7, 11)].map { source, target in
      FilterFigure.Filter(
        "unit \(source) to \(target)", taps: coupled.fit.filter(from: source, to: target))
    }
    return [
      PairMatrixFigure(
        correlation, name: "recordings-coincidences", title: "Correlation in bins of 1 ms"),
      try FilterFigure(
        filters, dt: spikes.dt, name: "recordings-coupling-filters", title: "Coupling filters"),
      TimeRescalingFigure(
        coupled.intervals, name: "recordings-units-rescaling",
        title: "The second half, rescaled"),
    ]
  }
}

extension SpikeTrains {
  // BEGIN TUTORIAL
  /// How many spikes of a unit lie at most `distance` ms from one of another.
  public func coincidences(_ unit: Int, _ other: Int, within distance: Double) -> Int {
    var others = self[other]
    return self[unit].count { time in
      others = others.drop { $0 < time - distance }
      return others.first.map { $0 <= time + distance } ?? false
    }
  }
  // END TUTORIAL
}

extension Hippocampus {
  /// The fitter without couplings between units that share spikes.
  private static func distinct(
    _ coupled: CoupledFitter<Exponential, PoissonEmission>, _ recording: SpikeTrains
  ) throws -> CoupledFitter<Exponential, PoissonEmission> {
    // BEGIN TUTORIAL
    let units = 0..<recording.neuronCount
    var distinct = coupled
    distinct.mask = try ConnectionMask(
      units.flatMap { source in
        units.map { recording.coincidences($0, source, within: 0.13) < 10 }
      }, neuronCount: units.count)
    // END TUTORIAL
    return distinct
  }
}
