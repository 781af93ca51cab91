import Spiking

/// The stages of a model that need drives alone, for the drives of some bins again and again.
struct StageReplay<Model: CascadeModel> {
  private let nonlinearity: Model.InverseLink
  private let emission: Model.EmissionModel
  private let dt: Double
  private let drives: [[Double]]
  private var bounds: [[Float]]

  init(model: Model, drives: [[Double]]) {
    nonlinearity = model.nonlinearity
    emission = model.emission
    dt = model.dt
    self.drives = drives
    bounds = drives.map { [Float](repeating: 0, count: $0.count) }
  }

  /// Bounds of the rates, `times` times for each bin.
  mutating func boundRates(times: Int) {
    for index in drives.indices {
      let drives = drives[index]
      var bounds = [Float](repeating: 0, count: drives.count)
      for _ in 0..<times {
        var span = bounds.mutableSpan
        nonlinearity.upperBounds(at: drives.span, into: &span)
      }
      self.bounds[index] = bounds
    }
  }

  /// Draws from the bounds that were computed last, `times` times for each bin, with the rates of those
  /// in doubt.
  func draw(times: Int) {
    let random = RandomSource(seed: 1)
    var spikes = BinSpikes()
    for index in drives.indices {
      let (drives, bounds) = (drives[index], bounds[index])
      for bin in 0..<times {
        spikes.removeAll()
        emission.sample(
          0..<drives.count, bounds: bounds.span,
          mean: { nonlinearity.rate(at: drives[$0]) * dt }, bin: bin, random: random,
          into: &spikes)
      }
    }
  }
}
