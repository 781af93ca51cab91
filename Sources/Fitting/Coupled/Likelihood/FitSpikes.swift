internal import SpikingFramework

/// The spikes of neurons that may act on each other, in the form that fits go through: one list in the
/// order of the bins, and where in it the spikes of each neuron are. Neurons that have any are numbered by
/// rows, those of the arrays of lags: silent ones take no memory there.
struct FitSpikes: Sendable {
  /// Which neurons of the recording they are.
  let range: Range<Int>
  /// The row of the neuron of each event.
  private(set) var neurons: [UInt32] = []
  private(set) var bins: [UInt32] = []
  private(set) var counts: [UInt16] = []
  /// The neuron of row i has the events `positions[offsets[i]..<offsets[i + 1]]`.
  private(set) var positions: [UInt32] = []
  private(set) var offsets = [0]
  /// The row of each neuron of the range; `silent` of one without spikes.
  private var rows: [UInt32] = []
  private static let silent = UInt32.max

  /// The spikes of each of some ranges of neurons: range number k begins with neuron `offsets[k]`.
  ///
  /// - Complexity: O(events + neurons).
  static func groups(of trains: BinnedSpikes, offsets: [Int]) -> [FitSpikes] {
    let ranges = offsets.indices.dropLast().map { offsets[$0]..<offsets[$0 + 1] }
    var groups = ranges.map { FitSpikes(range: $0) }
    let numbers = ranges.enumerated().flatMap {
      Array(repeating: $0.offset, count: $0.element.count)
    }
    for (event, neuron) in trains.neurons.enumerated() {
      let number = numbers[Int(neuron)]
      groups[number].neurons.append(neuron - UInt32(ranges[number].lowerBound))
      groups[number].bins.append(trains.bins[event])
      groups[number].counts.append(UInt16(trains.count(ofEvent: event)))
    }
    for number in groups.indices { groups[number].sortByNeuron() }
    return groups
  }

  private init(range: Range<Int>) { self.range = range }

  private mutating func sortByNeuron() {
    var sort = CountingSort(of: neurons, below: range.count)
    rows = Array(repeating: Self.silent, count: range.count)
    for (neuron, end) in sort.offsets.dropFirst().enumerated() where end > offsets[rowCount] {
      rows[neuron] = UInt32(rowCount)
      offsets.append(end)
    }
    positions = Array(repeating: 0, count: neurons.count)
    for (position, neuron) in neurons.enumerated() {
      positions[sort.place(of: Int(neuron))] = UInt32(position)
      neurons[position] = rows[Int(neuron)]
    }
  }

  /// The number of neurons with spikes.
  var rowCount: Int { offsets.count - 1 }

  /// Which row of lags is that of a neuron of the recording; nil where it has no spikes.
  func row(of neuron: Int) -> Int? {
    let row = rows[neuron - range.lowerBound]
    return row == Self.silent ? nil : Int(row)
  }

  /// The positions of one neuron's events in the list.
  func positions(of neuron: Int) -> ArraySlice<UInt32> {
    guard let row = row(of: neuron) else { return [] }
    return positions[offsets[row]..<offsets[row + 1]]
  }

  /// The events whose bins lie in a range.
  func events(in range: Range<Int>) -> Range<Int> {
    let lower = bins.firstPosition { Int($0) >= range.lowerBound }
    return lower..<max(lower, bins.firstPosition { Int($0) >= range.upperBound })
  }

  /// The positions of one neuron's events whose bins lie in a range.
  func positions(of neuron: Int, in range: Range<Int>) -> ArraySlice<UInt32> {
    let own = positions(of: neuron)
    let lower = own.firstPosition { Int(bins[Int($0)]) >= range.lowerBound }
    return own[lower..<max(lower, own.firstPosition { Int(bins[Int($0)]) >= range.upperBound })]
  }
}

extension RandomAccessCollection where Index == Int {
  /// The first index at which an ascending collection satisfies a condition; its end where none does.
  ///
  /// - Complexity: O(log count).
  func firstPosition(where isReached: (Element) -> Bool) -> Int {
    var (lower, upper) = (startIndex, endIndex)
    while lower < upper {
      let middle = lower + (upper - lower) / 2
      if isReached(self[middle]) { upper = middle } else { lower = middle + 1 }
    }
    return lower
  }
}
