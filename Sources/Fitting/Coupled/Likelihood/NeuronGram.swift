internal import SpikingNumerics

/// The products of the columns of the fit of one neuron over the bins that are evaluated: a part of those that
/// all neurons of its network share.
struct NeuronGram {
  private let shared: SymmetricMatrix
  /// Where each column is in the shared matrix.
  private let places: [Int]
  /// The columns that may be other than 0: not those of neurons without spikes.
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

  /// The columns that are sums of others, or 0. Ascending.
  func dependentColumns() -> [Int] {
    (silent + selecting(audible).dependentColumns().map { audible[$0] }).sorted()
  }
}
