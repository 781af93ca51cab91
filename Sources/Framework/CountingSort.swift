/// Where items go that are sorted by a whole number below a bound, equal ones in the order in which they
/// come: a counting sort.
///
/// ```swift
/// var sort = CountingSort(of: neurons, below: neuronCount)
/// for (event, neuron) in neurons.enumerated() { sorted[sort.place(of: Int(neuron))] = times[event] }
/// ```
///
/// - Complexity: O(items + bound), in memory for twice the bound.
package struct CountingSort {
  /// The items of number k go to `offsets[k]..<offsets[k + 1]`.
  package let offsets: [Int]
  @usableFromInline var next: [Int]

  /// For `counts[k]` items of number k.
  package init(counts: [Int]) {
    var offsets = [0]
    offsets.reserveCapacity(counts.count + 1)
    for count in counts { offsets.append(offsets[offsets.count - 1] + count) }
    (self.offsets, next) = (offsets, offsets)
  }

  /// For items of these numbers.
  package init(of numbers: [UInt32], below bound: Int) {
    var counts = [Int](repeating: 0, count: bound)
    for number in numbers { counts[Int(number)] += 1 }
    self.init(counts: counts)
  }

  /// Where the next item of a number goes.
  @inlinable
  package mutating func place(of number: Int) -> Int {
    defer { next[number] += 1 }
    return next[number]
  }
}
