internal import SpikingNumerics

/// The interval estimate ± z · standard error, which contains the truth with a given probability where estimates are
/// normal. (Wald 1943, Trans Am Math Soc 54:426.)
package enum WaldInterval {
  /// z = Φ⁻¹(½ + ½ level): 1.959964 for 95 %.
  ///
  /// - Precondition: `level` is a probability between 0 and 1.
  package static func deviate(level: Double = 0.95) -> Double {
    precondition(level > 0 && level < 1, "a probability between 0 and 1")
    return SpecialFunctions.normalQuantile(0.5 + 0.5 * level)
  }
}
