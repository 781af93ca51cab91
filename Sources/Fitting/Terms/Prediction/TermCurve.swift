internal import SpikingFramework
internal import SpikingNumerics

/// What a term says of one neuron at the points of a grid, beside what was recorded there.
public struct TermCurve: Hashable, Sendable {
  /// The term.
  public let term: String
  /// The part f that it has in the drive at each point, in the order of the grid.
  public let drive: [Double]
  /// Their standard errors, infinite where the data tell nothing; nil where the neuron was fitted without, or to other bins.
  public let standardErrors: [Double]?
  /// The rate at each point in Hz, where for everything else stands the constant that leaves the mean rate of the neuron as it
  /// is: with an independent covariate, the mean rate at its value.
  public let rates: [Double]
  /// The ends of the 95 % interval of the rate at each point, from f ± 1.96 standard errors; nil as these are.
  public let interval: [ClosedRange<Double>?]?
  /// Recorded spikes by time spent at each point in Hz; NaN where no time was.
  public let recordedRates: [Double]
  /// The time spent at each point in ms; that at a lag counts once for each event.
  public let occupancy: [Double]

  /// exp(f): by how much the term multiplies the rate, under an exponential.
  public var gains: [Double] { drive.map { Elementary.exponential($0) } }

  /// - Parameters:
  ///   - counts: the spikes in each bin, NaN where it was not evaluated.
  ///   - rate: the rate at a value of the part.
  init(
    _ grid: TermGrid, weights: ArraySlice<Double>, standardErrors: [Double]?, counts: [Double],
    dt: Double, rate: (Double) -> Double
  ) {
    term = grid.term
    let drive = grid.rows.map { row in
      row.reduce(0) { $0 + $1.factor * weights[weights.startIndex + $1.weight] }
    }
    self.drive = drive
    self.standardErrors = standardErrors
    rates = drive.map(rate)
    interval = standardErrors.map { errors in
      zip(drive, errors).map { value, error in
        let (low, high) = (rate(value - 1.96 * error), rate(value + 1.96 * error))
        return error.isFinite && low <= high ? low...high : nil
      }
    }
    var spikes = [Double](repeating: 0, count: grid.count)
    var bins = spikes
    for (bin, point) in zip(grid.bins, grid.points) where !counts[Int(bin)].isNaN {
      spikes[Int(point)] += counts[Int(bin)]
      bins[Int(point)] += 1
    }
    occupancy = bins.map { $0 * dt }
    recordedRates = zip(spikes, occupancy).map { $1 > 0 ? $0 / $1 * 1000 : .nan }
  }
}
