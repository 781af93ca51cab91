internal import SpikingFramework

/// How many values fell into each of several adjoining bins of equal width.
public struct Histogram: Hashable, Sendable {
  /// The edges of the bins, ascending: one more than there are bins.
  public let edges: [Double]
  /// The values in each bin, lower edge included, upper edge not.
  public let counts: [Int]
  /// The values beyond the last edge.
  public let outside: Int
  /// The mean of all values, those outside included; nil where there are none.
  public let mean: Double?

  /// The number of all values, those outside included.
  public var total: Int { counts.reduce(outside, +) }

  /// The probability density of each bin, per unit of the edges. Values outside count in the total,
  /// so the densities add up to the fraction inside; all are zero where there are no values.
  public var densities: [Double] {
    let total = Double(max(total, 1))
    return counts.indices.map { Double(counts[$0]) / (total * (edges[$0 + 1] - edges[$0])) }
  }
}

extension Histogram: CustomStringConvertible {
  /// "80 bins from 0 to 400, 4711 values (12 outside), mean 56".
  public var description: String {
    "\(counted(counts.count, "bin")) from \(brief(edges.first ?? 0)) to \(brief(edges.last ?? 0)), "
      + "\(counted(total, "value")) (\(outside) outside)"
      + (mean.map { ", mean \(brief($0, digits: 3))" } ?? "")
  }
}

extension Histogram: Codable {
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    edges = try fields.decode([Double].self, forKey: .edges)
    counts = try fields.decode([Int].self, forKey: .counts)
    outside = try fields.decode(Int.self, forKey: .outside)
    mean = try fields.decodeIfPresent(Double.self, forKey: .mean)
    try SpikingError.require(
      edges.count == counts.count + 1, "histogram", found: "\(edges.count) edges",
      expected: "one more than the \(counts.count) bins")
  }
}
