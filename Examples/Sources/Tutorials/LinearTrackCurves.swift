import Spiking

extension LinearTrack {
  /// The fit to all runs, and what it says of the rates of the units.
  public func rates() async throws -> (fit: CoupledFit, rates: [RatePrediction]) {
    let (design, units, track) = (self.design, self.units, self.track)
    // BEGIN TUTORIAL
    let fit = try await design.fit(track) { $0.hasStandardErrors = true }
    let rates = try await fit.rates(in: track, neurons: units)
    // END TUTORIAL
    return (fit, rates)
  }

  /// The mean of the bits per spike of the units under place by direction, by how smooth its curves have to be.
  public func smoothness() async throws -> [(strength: Double, bitsPerSpike: Double)] {
    let (design, units, track) = (self.design, self.units, self.track)
    let strengths = [1e-6, 1e-5, 1e-4, 1e-3, 1e-2]
    var comparer = DesignComparer()
    comparer.neurons = units
    let comparison = try await comparer.compare(
      strengths.map { strength in
        var own = design.removing("speed")
        own.parts[1].penalty = Penalty(ridge: 1e-5, smooth: strength)
        return ComparedDesign(own, named: "\(strength)")
      }, in: track)
    return strengths.enumerated().map { number, strength in
      let bits = comparison.neurons.compactMap { $0.bitsPerSpike(number) }
      return (strength, bits.reduce(0, +) / Double(bits.count))
    }
  }

  /// Strengths that the spikes themselves choose, for each unit and term.
  public func evidence() async throws -> EvidenceMaximization {
    let (design, units, track) = (self.design, self.units, self.track)
    // BEGIN TUTORIAL
    let fitter = try CoupledFitter(Exponential(), PoissonEmission(), design: design, in: track)
    let found = try await fitter.maximizeEvidence(track.spikes, neurons: units)
    // END TUTORIAL
    return found
  }

  /// What fits to the first 480 s know of a spike of the runs after it, by unit: with the strengths of the design, and with those
  /// of the evidence.
  public func laterRuns() async throws -> (fixed: [Double], evidence: [Double]) {
    let fitter = try CoupledFitter(Exponential(), PoissonEmission(), design: design, in: track)
    let early = track.bins(from: 0, to: 480_000)
    let late = early.upperBound..<track.binCount
    func bits(_ fit: CoupledFit) async throws -> [Double] {
      try await fit.rates(in: track, segments: [late], neurons: units)
        .map { try $0.prediction.goodness().bitsPerSpike ?? .nan }
    }
    let fixed = try await fitter.fit(track.spikes, segments: [early], neurons: units)
    let found = try await fitter.maximizeEvidence(
      track.spikes, segments: [early], neurons: units)
    return (try await bits(fixed), try await bits(found.fit))
  }

  /// Curves of three units, runs of one of them, and what is lost without each term.
  public func figures() async throws -> [any Figure] {
    let (fit, rates) = try await rates()
    let grids = try TermGrid.all(of: fit.design ?? design, in: track)
    let curves = [13, 16, 15].flatMap { unit in
      rates.filter { $0.neuron == unit }.map { curve(of: $0, grids[0]) }
    }
    let dropped = try await terms().dropped
    let losses = dropped.designs.indices.dropFirst().map { number in
      DesignComparisonFigure.Design(
        dropped.designs[number].name,
        differences: dropped.neurons.map { $0.difference(number) ?? .nan },
        standardErrors: dropped.neurons.map { $0.standardError(number) ?? .nan })
    }
    return curves + [
      try DesignComparisonFigure(losses, reference: "all terms", name: "track-terms")
    ]
  }

  private func curve(of rates: RatePrediction, _ grid: TermGrid) -> any Figure {
    let (directions, places) = (grid.axes[0].labels, grid.axes[1].values)
    let curve = rates.curves[0]
    let curves = directions.enumerated().map { number, direction in
      let part = number * places.count..<(number + 1) * places.count
      return TuningCurveFigure.Curve(
        "running \(direction)", rates: Array(curve.rates[part]),
        interval: curve.interval.map { Array($0[part]) } ?? [],
        recorded: Array(curve.recordedRates[part]))
    }
    return TuningCurveFigure(
      curves, at: places, label: "Place along the track (pixels)",
      name: "track-unit-\(rates.neuron)", title: "Unit \(rates.neuron)")
  }
}
