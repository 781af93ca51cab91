internal import Spiking

extension OutputSet {
  /// Draws figures into the set, all of them or none.
  ///
  /// - Returns: the names of their files, and why there are none, as where gnuplot is missing: what else is in
  ///   the set is worth having without them.
  /// - Throws: `interrupted`; `unwritableFile`, as where the disk is full, in a folder that is there: the earlier
  ///   set stays.
  func draw(
    _ figures: [any Figure]
  ) throws(SpikingError) -> (files: [String], failure: SpikingError?) {
    do {
      return (try write { folder throws(SpikingError) in try Self.render(figures, folder) }, nil)
    } catch {
      let staysOld = error.code == .unwritableFile && !isNew
      if error.code == .interrupted || staysOld { throw error }
      return ([], error)
    }
  }

  private static func render(
    _ figures: [any Figure], _ folder: String
  ) throws(SpikingError) -> [String] {
    figures.isEmpty ? [] : try Gnuplot().render(figures, to: folder)
  }

  /// The files of figures with these names.
  static func files(ofFigures names: [String]) -> [String] {
    names.flatMap { ["\($0).png", "\($0).svg"] }
  }
}
