internal import SpikingCatalogue
internal import SpikingFramework
internal import SpikingNonlinearities

/// The nonlinearity and the emission that the file of a fit names.
struct FitParts {
  private let storedNonlinearity: StoredPart
  private let storedEmission: StoredPart
  private let path: String
  private let shape: Double?
  private let catalogue: Catalogue

  init(_ archive: borrowing NumPyArchive, _ catalogue: Catalogue) throws(SpikingError) {
    storedNonlinearity = try StoredPart(archive, "nonlinearity")
    // What emissions were called before 0.6.
    storedEmission = try StoredPart(
      archive, archive.names.contains("emission") ? "emission" : "observation")
    let shape = archive.names.contains("shape") ? try archive.scalar("shape") : .nan
    self.shape = shape.isNaN ? nil : shape
    path = archive.path
    self.catalogue = catalogue
  }

  /// - Parameter dt: the width of a bin in ms.
  /// - Throws: `unknownName` or `invalidParameter`, naming the file.
  func nonlinearity(dt: Double) throws(SpikingError) -> any Nonlinearity {
    do throws(SpikingError) {
      let prototype = try catalogue.nonlinearity(storedNonlinearity.name)
      // Files of before 0.6 say the name alone, and mean probabilities of one bin.
      let old = prototype is any SaturatingNonlinearity ? [("maximum", 1 / dt)] : []
      return try prototype.with(storedNonlinearity.parameters ?? old)
    } catch {
      throw error.within("\(path): nonlinearity")
    }
  }

  /// - Throws: `unknownName` or `invalidParameter`, naming the file.
  func emission() throws(SpikingError) -> any Emission {
    do throws(SpikingError) {
      return try catalogue.emission(storedEmission.name)
        .with(storedEmission.parameters ?? shape.map { [("shape", $0)] } ?? [])
    } catch {
      throw error.within("\(path): emission")
    }
  }
}
