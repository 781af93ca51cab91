internal import SpikingFramework

/// What a fit pays for its weights, so that they stay small or few. With ℓ the log-likelihood over T
/// bins it minimises
///
///     −ℓ/T + ½ ridge ‖w‖² + lasso ‖w‖₁ + groupLasso Σ_groups √size ‖w_group‖
///
/// where the weights of one neuron's coupling filter, of the history filter and of a stimulus are a
/// group each. The baseline is never penalised. (Hoerl and Kennard 1970; Tibshirani 1996; Yuan and Lin
/// 2006; Zou and Hastie 2005 for the sum of the first two.)
public struct Penalty: Codable, Hashable, Sendable {
  /// The strength on the squares.
  public var ridge: Double
  /// The strength on the absolute values, under which weights become 0.
  public var lasso: Double
  /// The strength on the lengths of groups, under which whole filters become 0.
  public var groupLasso: Double

  /// No penalty but those given.
  public init(ridge: Double = 0, lasso: Double = 0, groupLasso: Double = 0) {
    self.ridge = ridge
    self.lasso = lasso
    self.groupLasso = groupLasso
  }

  /// The elastic net, strength · (ratio ‖w‖₁ + ½ (1 − ratio) ‖w‖²).
  public static func elasticNet(strength: Double, ratio: Double) -> Penalty {
    Penalty(ridge: strength * (1 - ratio), lasso: strength * ratio)
  }

  /// Whether weights become exactly 0 under it, where it has no derivative.
  var isSparse: Bool { lasso > 0 || groupLasso > 0 }
  /// Whether there is any.
  var isZero: Bool { ridge == 0 && !isSparse }

  /// The strength on the square of each coefficient; the baseline is free.
  func ridge(of columns: FitColumns) -> [Double] {
    [0] + Array(repeating: ridge, count: columns.count - 1)
  }

  /// The strengths multiplied by a factor.
  public func scaled(by factor: Double) -> Penalty {
    Penalty(ridge: ridge * factor, lasso: lasso * factor, groupLasso: groupLasso * factor)
  }
}

extension Penalty: CustomStringConvertible {
  /// "ridge 1e−05, lasso 0.002", or "no penalty".
  public var description: String {
    let strengths = [("ridge", ridge), ("lasso", lasso), ("group lasso", groupLasso)]
      .filter { $0.1 != 0 }.map { "\($0) \(brief($1))" }
    return strengths.isEmpty ? "no penalty" : strengths.joined(separator: ", ")
  }
}
