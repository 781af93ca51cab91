public import SpikingFramework

extension CascadeModel where Coupling == SynapticActivationFilter {
  /// Throws unless all parameters lie in their domains and dt ≤ tau: in one bin a synaptic activation
  /// cannot lose more than all of itself.
  public func validate() throws(SpikingError) {
    try validateDomains()
    guard dt <= coupling.tau else {
      throw SpikingError(
        .invalidParameter, "\(Self.typeName).dt", found: dt,
        expected: "at most tau, \(coupling.tau)")
    }
  }
}
