public import SpikingFiles
public import SpikingFramework
internal import SpikingRecordings

extension NumPyArray {
  /// An array in a file: a `.npy`, or a table of text (`.csv`, `.tsv`, `.txt`) whose rows are bins: [bins] of one column,
  /// [columns, bins] of several.
  ///
  /// - Throws: as `init(contentsOf:)`; `invalidData` where a column of a table has texts.
  public init(inFile location: some FileLocation) throws(SpikingError) {
    let path = location.locationPath
    guard DelimitedText.extensions.contains(Paths.pathExtension(path)) else {
      try self.init(contentsOf: path)
      return
    }
    var values: [Double] = []
    var shape: [Int] = []
    do throws(SpikingError) {
      let columns = try DelimitedText(contentsOf: path).columns()
      for column in columns {
        guard let numbers = column.numbers else {
          throw SpikingError(
            .invalidData, "column \(column.name)", found: "texts", expected: "numbers")
        }
        values += numbers
      }
      shape = (columns.count > 1 ? [columns.count] : []) + [columns.first?.count ?? 0]
    } catch {
      throw error.ofTable(path)
    }
    let array = NumPyArray(values, shape: shape)
    self.init(shape: shape, elementType: .float64, source: path, data: array.data)
  }
}
