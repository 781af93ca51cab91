internal import SpikingFramework

/// What a fit pays for its weights, so that they stay small, few or smooth. With ℓ the log-likelihood over T
/// bins it minimises
///
///     −ℓ/T + ½ ridge ‖w‖² + ½ smooth ‖Δ^order w‖² + lasso ‖w‖₁ + groupLasso Σ_groups √size ‖w_group‖
///
/// where the weights of one neuron's coupling filter, of the history filter, of a stimulus and of a term are a
/// group each. Differences Δ are those of neighbouring weights of a group, around the circle where its functions are; where
/// weights are arranged along several axes, along each of them. The baseline is never penalised. (Hoerl and Kennard 1970;
/// Tibshirani 1996; Yuan and Lin 2006; Zou and Hastie 2005 for the sum of ridge and lasso; Eilers and Marx 1996, Stat Sci
/// 11:89, for differences of weights of splines.)
public struct Penalty: Codable, Hashable, Sendable {
  /// The strength on the squares.
  public var ridge: Double
  /// The strength on the absolute values, under which weights become 0.
  public var lasso: Double
  /// The strength on the lengths of groups, under which whole filters become 0.
  public var groupLasso: Double
  /// The strength on the squares of differences, under which neighbouring weights become alike.
  public var smooth: Double
  /// Of which order the differences are: 1, under which the smoothest is a constant, or 2, a straight line.
  public var order: Int

  /// No penalty but those given.
  public init(
    ridge: Double = 0, lasso: Double = 0, groupLasso: Double = 0, smooth: Double = 0, order: Int = 1
  ) {
    self.ridge = ridge
    self.lasso = lasso
    self.groupLasso = groupLasso
    self.smooth = smooth
    self.order = order
  }

  /// The elastic net, strength · (ratio ‖w‖₁ + ½ (1 − ratio) ‖w‖²).
  public static func elasticNet(strength: Double, ratio: Double) -> Penalty {
    Penalty(ridge: strength * (1 - ratio), lasso: strength * ratio)
  }

  /// Whether weights become exactly 0 under it, where it has no derivative.
  var isSparse: Bool { lasso > 0 || groupLasso > 0 }
  /// Whether there is any.
  var isZero: Bool { ridge == 0 && smooth == 0 && !isSparse }
  /// Whether weights that all change alike cost the same.
  var isShiftInvariant: Bool { ridge == 0 && !isSparse }

  /// The strengths multiplied by a factor.
  public func scaled(by factor: Double) -> Penalty {
    Penalty(
      ridge: ridge * factor, lasso: lasso * factor, groupLasso: groupLasso * factor,
      smooth: smooth * factor, order: order)
  }

  /// - Throws: `invalidParameter` for a strength below 0 or an order other than 1 and 2.
  func validate(_ place: String = "penalty") throws(SpikingError) {
    let strengths = [
      ("ridge", ridge), ("lasso", lasso), ("groupLasso", groupLasso), ("smooth", smooth),
    ]
    for (name, strength) in strengths where !(strength >= 0 && strength.isFinite) {
      throw SpikingError(
        .invalidParameter, "\(place).\(name)", found: strength, expected: "a strength of at least 0"
      )
    }
    guard 1...2 ~= order else {
      throw SpikingError(
        .invalidParameter, "\(place).order", found: order, expected: "1 or 2")
    }
  }
}

extension Penalty: CustomStringConvertible {
  /// "ridge 1e−05, lasso 0.002", or "no penalty".
  public var description: String {
    let strengths = [
      ("ridge", ridge), ("lasso", lasso), ("group lasso", groupLasso),
      (order == 1 ? "smooth" : "smooth of order \(order)", smooth),
    ].filter { $0.1 != 0 }.map { "\($0) \(brief($1))" }
    return strengths.isEmpty ? "no penalty" : strengths.joined(separator: ", ")
  }
}
