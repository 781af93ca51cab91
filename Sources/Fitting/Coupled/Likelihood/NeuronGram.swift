internal import SpikingNumerics

/// The products of the columns of the fit of one neuron over the bins that are evaluated: a part of those that
/// all neurons of its network share.
struct NeuronGram {
  private let shared: SymmetricMatrix
  /// Where each column is in the shared matrix.
  private let places: [Int]
  /// The columns whose coefficients searches may change: not those of neurons without spikes.
  let audible: [Int]

  init(_ shared: SymmetricMatrix, _ columns: FitColumns, data: CoupledData) {
    self.shared = shared
    places = GramColumns.sharedPlaces(of: columns, data: data)
    audible = data.audibleColumns(of: columns)
  }

  /// The product of two columns.
  subscript(row: Int, column: Int) -> Double {
    let (row, column) = (places[row], places[column])
    return row == GramColumns.nowhere || column == GramColumns.nowhere ? 0 : shared[row, column]
  }

  /// The columns that are 0.
  var silent: [Int] { places.indices.filter { places[$0] == GramColumns.nowhere } }

  /// The products of some columns, which are audible.
  func selecting(_ columns: [Int]) -> SymmetricMatrix {
    shared.selecting(columns.map { places[$0] })
  }

  /// The columns that are sums of others, or 0, and that no penalty tells from these. Ascending.
  ///
  /// - Parameter squares: those of the penalty, times the number of bins.
  func dependentColumns(_ squares: QuadraticPenalty, binCount: Double) -> [Int] {
    var matrix = selecting(audible)
    squares.add(to: &matrix, of: audible, scale: binCount)
    return
      (silent.filter { squares.diagonal[$0] == 0 }
      + matrix.dependentColumns().map { audible[$0] }).sorted()
  }
}
