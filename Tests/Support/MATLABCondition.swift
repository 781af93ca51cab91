package import Spiking
package import Testing

extension Trait where Self == ConditionTrait {
  /// Skips tests of MATLAB files where the package was built without matio or HDF5, and says so.
  package static var readsMATLAB: Self {
    .enabled(
      if: MATLABFile.isSupported && NWBFile.isSupported,
      "the package was built without matio or HDF5, which MATLAB files need")
  }
}
