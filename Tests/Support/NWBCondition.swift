package import Spiking
package import Testing

extension Trait where Self == ConditionTrait {
  /// Skips tests of NWB files where the package was built without HDF5, and says so.
  package static var readsNWB: Self {
    .enabled(if: NWBFile.isSupported, "the package was built without HDF5, which NWB files need")
  }
}
