internal import Foundation
internal import SpikingFiles
internal import SpikingFramework

/// Spikes as an array of counts, [neurons, bins].
enum DenseSpikes {
  /// The spikes of an array of whole numbers.
  static func trains(_ array: NumPyArray, dt: Double) throws(SpikingError) -> BinnedSpikes {
    guard array.shape.count == 2, array.shape[0] > 0 else {
      throw array.error(
        "shape", found: NumPyHeader.text(array.shape), expected: "(neurons, bins)")
    }
    let events =
      switch array.elementType {
      case .bool, .uint8: try events(array, of: UInt8.self)
      case .uint16: try events(array, of: UInt16.self)
      case .uint32: try events(array, of: UInt32.self)
      case .uint64: try events(array, of: UInt64.self)
      case .int8: try events(array, of: Int8.self)
      case .int16: try events(array, of: Int16.self)
      case .int32: try events(array, of: Int32.self)
      case .int64: try events(array, of: Int64.self)
      case .float16, .float32, .float64, .unicode, .bytes:
        let isSquare = array.shape[0] == array.shape[1]
        throw array.error(
          "descr",
          found: "'\(array.elementType.descriptor)'"
            + (isSquare ? " \(NumPyHeader.text(array.shape)), as a network has" : ""),
          expected: "spikes: counts in whole numbers or bool, (neurons, bins)")
      }
    do {
      return try BinnedSpikes(
        neurons: events.neurons, bins: events.bins, counts: events.counts,
        binCount: array.shape[1], dt: dt, networkOffsets: [0, array.shape[0]], seed: nil)
    } catch {
      throw array.source.isEmpty ? error : error.within(array.source)
    }
  }

  private static func events<Value: FixedWidthInteger & BitwiseCopyable>(
    _ array: NumPyArray, of type: Value.Type
  ) throws(SpikingError) -> SpikeColumns {
    let (neuronCount, binCount) = (array.shape[0], array.shape[1])
    var events = SpikeColumns()
    var wrong: (index: Int, value: Value)?
    array.data.withUnsafeBytes { bytes in
      // Down the columns: a line of the cache serves the following bins of its neuron.
      for bin in 0..<binCount {
        for neuron in 0..<neuronCount {
          let index = neuron * binCount + bin
          let value = bytes.loadUnaligned(
            fromByteOffset: index * MemoryLayout<Value>.size, as: Value.self)
          if value == 0 { continue }
          guard let count = UInt16(exactly: value) else {
            wrong = (index, value)
            return
          }
          events.append(
            neuron: UInt32(truncatingIfNeeded: neuron), bin: UInt32(truncatingIfNeeded: bin),
            count: count)
        }
      }
    }
    if let wrong {
      throw array.error(
        element: wrong.index, found: wrong.value, expected: "a count from 0 to \(UInt16.max)")
    }
    return events
  }

  /// Writes the counts neuron by neuron, in pieces of at most 1 MB.
  static func write(
    _ trains: BinnedSpikes, to file: consuming OutputFile
  ) throws(SpikingError) {
    if let index = trains.counts.firstIndex(where: { $0 > UInt8.max }) {
      throw SpikingError(
        .invalidData,
        "\(file.path): count of neuron \(trains.neurons[index]) in bin \(trains.bins[index])",
        found: trains.counts[index], expected: "at most 255 in dense counts (.npz holds more)")
    }
    let events = EventsByNeuron(trains)
    let header = NumPyHeader(elementType: .uint8, shape: [trains.neuronCount, trains.binCount])
    try file.write(header.bytes.bytes)
    for neuron in 0..<trains.neuronCount {
      var event = events.offsets[neuron]
      for start in stride(from: 0, to: trains.binCount, by: 1 << 20) {
        var row = [UInt8](repeating: 0, count: min(1 << 20, trains.binCount - start))
        while event < events.offsets[neuron + 1], Int(events.bins[event]) < start + row.count {
          row[Int(events.bins[event]) - start] = events.counts[event]
          event += 1
        }
        try file.write(row.span.bytes)
      }
    }
    try file.finish()
  }
}

/// The events of spike trains sorted by neuron, then bin; no count is above 255.
private struct EventsByNeuron {
  /// Neuron i has the events `offsets[i]..<offsets[i + 1]`.
  let offsets: [Int]
  private(set) var bins: [UInt32]
  private(set) var counts: [UInt8]

  init(_ trains: BinnedSpikes) {
    var sort = CountingSort(of: trains.neurons, below: trains.neuronCount)
    offsets = sort.offsets
    bins = [UInt32](repeating: 0, count: trains.eventCount)
    counts = [UInt8](repeating: 0, count: trains.eventCount)
    for event in trains.neurons.indices {
      let place = sort.place(of: Int(trains.neurons[event]))
      bins[place] = trains.bins[event]
      counts[place] = UInt8(clamping: trains.count(ofEvent: event))
    }
  }
}
