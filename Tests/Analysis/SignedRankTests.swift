import Foundation
import Spiking
import Testing

/// Wilcoxon's test against scipy, and against all choices of signs.
@Suite struct SignedRankTests {
  @Test func `probabilities of ten differences are those of scipy`() {
    let test = SignedRankTest([0.3, -0.1, 0.5, 0.2, 0.7, -0.25, 0.9, 1.1, 0.05, 0.4])
    #expect(test.statistic == 49 && test.count == 10)
    #expect(abs(test.pValue - 0.013671875) < 1e-12)
    // All signs but one choice of 2¹⁰ are less extreme.
    #expect(SignedRankTest((1...10).map(Double.init)).pValue == 0x1p-10)
    #expect(SignedRankTest((1...5).map { -Double($0) }).pValue == 1)
  }

  /// scipy has no exact probabilities of ties: those of all 2⁸ choices of signs.
  @Test func `equal differences share their ranks`() {
    let test = SignedRankTest([1, 1, 2, -1, 3, 3, -2, 4])
    #expect(test.statistic == 29.5)
    #expect(abs(test.pValue - 0.0703125) < 1e-12)
  }

  @Test func `many differences are normal`() {
    let test = SignedRankTest((0..<60).map { sin(1.3 * Double($0)) + 0.2 })
    #expect(test.statistic == 1225)
    #expect(abs(test.pValue - 0.011350898165796796) < 1e-10)
  }

  @Test func `nothing and impossible outcomes say nothing`() {
    #expect(SignedRankTest([]).pValue == 1)
    #expect(SignedRankTest([0, .nan, 0]).count == 0)
    // What is impossible under one model and not under the other is the largest difference.
    #expect(SignedRankTest([.infinity, 2, 1]).pValue == 1.0 / 8)
    #expect(SignedRankTest([-.infinity, 2, 1]).statistic == 3)
  }
}
