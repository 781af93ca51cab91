/// Which columns a matrix of products of features has: a baseline, spikes through bases, stimuli, terms. Columns of
/// neurons without spikes, which are 0, are left out.
struct GramColumns: Sendable {
  /// Functions of the spikes of one neuron.
  struct Spikes: Sendable {
    /// The neuron's row of lags.
    let row: Int
    let basis: BasisMatrix
    let columns: Range<Int>
  }

  let spikes: [Spikes]
  /// Functions of the stimuli.
  let features: Range<Int>
  /// Those of terms.
  let terms: Range<Int>
  let count: Int

  /// The baseline, stimuli and terms alone.
  init(withoutSpikes data: CoupledData) { self.init([], data) }

  /// Spikes of some rows through bases, in their order, after the baseline and before the stimuli and terms.
  private init(_ inputs: [(row: Int, basis: BasisMatrix)], _ data: CoupledData) {
    var next = 1
    func columns(_ count: Int) -> Range<Int> {
      defer { next += count }
      return next..<next + count
    }
    spikes = inputs.map { Spikes(row: $0, basis: $1, columns: columns($1.count)) }
    features = columns(data.features.count)
    terms = columns(data.terms.count)
    count = next
  }

  /// The columns of the fit of one neuron.
  init(_ columns: FitColumns, data: CoupledData) {
    self.init(
      columns.groups.compactMap { data.spikeRow($0.input, of: columns.neuron) }, data)
  }

  /// The columns of the fits of all neurons of a network together: every neuron's spikes through the coupling
  /// basis and through the history basis.
  init(all data: CoupledData) {
    self.init(
      [data.history, data.coupling].compactMap(\.self).flatMap { basis in
        (0..<data.spikes.rowCount).map { ($0, basis) }
      }, data)
  }

  /// What stands for the place of a column that is left out.
  static let nowhere = -1

  /// Where each column of the fit of one neuron is among those of `init(_:data:)`.
  static func places(of columns: FitColumns, data: CoupledData) -> [Int] {
    var next = 1
    return [0]
      + columns.groups.flatMap { group in
        let isSilent =
          data.spikeInput(group.input, of: columns.neuron) != nil
          && data.spikeRow(group.input, of: columns.neuron) == nil
        if isSilent { return Array(repeating: nowhere, count: group.columns.count) }
        defer { next += group.columns.count }
        return Array(next..<next + group.columns.count)
      }
  }

  /// Where each column of the fit of one neuron is among those of `init(all:)`.
  static func sharedPlaces(of columns: FitColumns, data: CoupledData) -> [Int] {
    let rowCount = data.spikes.rowCount
    let historyCount = data.history?.count ?? 0
    let couplingCount = data.coupling?.count ?? 0
    var next = 1 + rowCount * (historyCount + couplingCount)
    return [0]
      + columns.groups.flatMap { group in
        let start: Int
        switch group.input {
        case .history, .coupling:
          guard let (row, _) = data.spikeRow(group.input, of: columns.neuron) else {
            return Array(repeating: nowhere, count: group.columns.count)
          }
          start =
            group.input == .history
            ? 1 + row * historyCount : 1 + rowCount * historyCount + row * couplingCount
        case .stimulus, .term:
          start = next
          next += group.columns.count
        }
        return Array(start..<start + group.columns.count)
      }
  }
}
