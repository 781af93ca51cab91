internal import Spiking

extension OutputSet {
  /// Draws figures into the set, all of them or none. Where there is no gnuplot a warning says so.
  ///
  /// - Returns: the names of their files, and why there are none, as where gnuplot fails: what else is in the
  ///   set is worth having without them.
  /// - Throws: `interrupted`; `unwritableFile`, as where the disk is full, in a folder that is there: the earlier
  ///   set stays.
  func draw(
    _ figures: [any Figure]
  ) throws(SpikingError) -> (files: [String], failure: SpikingError?) {
    if figures.isEmpty { return ([], nil) }
    let gnuplot: Gnuplot
    do { gnuplot = try Gnuplot() } catch {
      Terminal.complain("warning: no figures: \(error)")
      return ([], nil)
    }
    do {
      let files = try write { folder throws(SpikingError) in
        try gnuplot.render(figures, to: folder)
      }
      return (files, nil)
    } catch {
      let staysOld = error.code == .unwritableFile && !isNew
      if error.code == .interrupted || staysOld { throw error }
      return ([], error)
    }
  }

  /// The files of figures with these names.
  static func files(ofFigures names: [String]) -> [String] {
    names.flatMap { ["\($0).png", "\($0).svg"] }
  }
}
