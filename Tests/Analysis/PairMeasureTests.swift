import Spiking
import SpikingTestCases
import Synchronization
import Testing

/// Measures of pairs of trains: shared, independent, empty, of one and two spikes, equal, and half of another.
@Suite struct PairMeasureTests {
  private struct Golden: Decodable {
    let stop: Double
    let times: [[Double]]
    let sttc, vanRossum, victorPurpura: [String: [[Double?]]]
    let covariance: [[Double?]]
    let fano: [String: [Double?]]

    enum CodingKeys: String, CodingKey {
      case stop, times, sttc, covariance, fano
      case vanRossum = "van_rossum"
      case victorPurpura = "victor_purpura"
    }

    func recording() throws -> SpikeTrains { try SpikeTrains(trains: times, start: 0, stop: stop) }
  }

  private func expectEqual(
    _ found: PairMatrix, _ expected: [[Double?]], _ name: String, tolerance: Double = 1e-9
  ) {
    for (first, row) in expected.enumerated() {
      for (second, value) in row.enumerated() {
        let own = found[first, second]
        #expect((own == nil) == (value == nil), "\(name), \(first), \(second)")
        if let own, let value {
          #expect(
            abs(own - value) <= tolerance * max(1, abs(value)), "\(name), \(first), \(second)")
        }
      }
    }
  }

  @Test func `measures equal elephant's`() throws {
    let stored = try golden("pair_measures", as: Golden.self)
    let recording = try stored.recording()
    for (window, expected) in stored.sttc {
      let measure = SpikeTimeTiling(window: try #require(Double(window)))
      try expectEqual(measure.analyze(recording), expected, "sttc \(window)")
    }
    for (constant, expected) in stored.vanRossum {
      let measure = VanRossumDistance(timeConstant: try #require(Double(constant)))
      // The root of a difference that may be rounding alone.
      try expectEqual(
        measure.analyze(recording), expected, "van Rossum \(constant)", tolerance: 2e-7)
    }
    for (cost, expected) in stored.victorPurpura {
      let measure = VictorPurpuraDistance(costPerSecond: try #require(Double(cost)))
      try expectEqual(measure.analyze(recording), expected, "Victor–Purpura \(cost)")
    }
    try expectEqual(
      CountCovariance(binWidth: 10).analyze(recording), stored.covariance, "covariance")
    for (window, expected) in stored.fano {
      let found = try FanoFactor(windowLength: #require(Double(window))).analyze(recording)
      for (own, value) in zip(found, expected) {
        #expect(value.map { abs(own - $0) < 1e-12 } ?? own.isNaN, "fano \(window)")
      }
    }
  }

  @Test func `distances equal PySpike's`() throws {
    struct Kreuz: Decodable {
      let start, stop: Double
      let times: [[Double]]
      let isi, spike, sync: [[Double?]]

      enum CodingKeys: String, CodingKey {
        case start, stop, times
        case isi = "isi_distance"
        case spike = "spike_distance"
        case sync = "spike_sync"
      }
    }
    let stored = try golden("kreuz_distances", as: Kreuz.self)
    let recording = try SpikeTrains(
      trains: stored.times, start: stored.start, stop: stored.stop)
    try expectEqual(ISIDistance().analyze(recording), stored.isi, "ISI", tolerance: 1e-12)
    try expectEqual(SPIKEDistance().analyze(recording), stored.spike, "SPIKE", tolerance: 1e-12)
    // Two silent trains have no spikes of which a part could coincide.
    var sync = stored.sync
    let silent = try #require(stored.times.firstIndex(of: []))
    sync[silent][silent] = nil
    try expectEqual(
      SPIKESynchronization().analyze(recording), sync, "synchronization", tolerance: 1e-12)
  }

  @Test func `a spike coincides with one other`() throws {
    let twice = try SpikeTrains(trains: [[5, 5, 20], [5]], start: 0, stop: 40)
    #expect(try SPIKESynchronization().analyze(twice)[0, 1] == 0.5)
    #expect(try SPIKESynchronization().analyze(twice)[1, 0] == 0.5)
  }

  @Test func `threads change nothing, and progress goes to the end`() async throws {
    let recording = try golden("pair_measures", as: Golden.self).recording()
    func check(_ measure: some PairMeasure) async throws {
      let fractions = FractionList()
      let found = try await measure.analyze(
        recording, execution: .init(threads: 3) { fractions.add($0) })
      #expect(Self.areSame(found.values, try matrix(measure, recording)), "\(measure)")
      #expect(fractions.list.max() == 1 && fractions.list.count == recording.count)
    }
    for measure in Self.measures { try await check(measure) }
  }

  private static func areSame(_ one: [Double], _ other: [Double]) -> Bool {
    one.map(\.bitPattern) == other.map(\.bitPattern)
  }

  private static let measures: [any PairMeasure] = [
    SpikeTimeTiling(window: 4), VanRossumDistance(timeConstant: 12),
    VictorPurpuraDistance(costPerSecond: 80), ISIDistance(), SPIKEDistance(),
    SPIKESynchronization(),
  ]

  private func matrix(_ measure: some PairMeasure, _ recording: SpikeTrains) throws -> [Double] {
    try measure.analyze(recording).values
  }

  private static func areNear(_ one: [Double], _ other: [Double]) -> Bool {
    one.count == other.count
      && zip(one, other).allSatisfy {
        $0.isNaN && $1.isNaN || abs($0 - $1) <= 1e-7 * max(1, abs($0))
      }
  }

  @Test func `a shift of all times changes nothing, and the order of neurons that of the results`()
    throws
  {
    let recording = try golden("pair_measures", as: Golden.self).recording()
    let shift = 1e9
    let later = try SpikeTrains(
      trains: recording.map { train in train.map { $0 + shift } }, start: shift,
      stop: recording.stop + shift)
    let order = [5, 2, 7, 0, 1, 3, 6, 4]
    let count = order.count
    for measure in Self.measures {
      let values = try matrix(measure, recording)
      #expect(Self.areNear(values, try matrix(measure, later)), "\(measure)")
      let other = try matrix(measure, recording.selecting(order))
      let moved = (0..<count * count).map { values[order[$0 / count] * count + order[$0 % count]] }
      #expect(Self.areNear(other, moved), "\(measure)")
    }
  }

  /// Trains that were observed in two stretches, the second neuron in a part of them.
  @Test func `spikes count while both neurons were observed`() throws {
    let trains = [[5.0, 12, 30, 71, 90], [6.0, 33, 70, 95]]
    let recording = try SpikeTrains(
      trains: trains, start: 0, stop: 100,
      observations: [[0...40, 60...100], [0...20, 65...100]])
    // In 0 to 20 ms 5 and 12 beside 6, in 65 to 100 ms 71 and 90 beside 70 and 95.
    let distance = try VictorPurpuraDistance(costPerSecond: 100).analyze(recording)
    #expect(distance[0, 1].map { abs($0 - (0.1 + 1 + 0.1 + 0.5)) < 1e-12 } == true)
    func kernel(_ one: [Double], _ other: [Double]) -> Double {
      one.reduce(0) { sum, time in
        sum + other.reduce(0) { $0 + Elementary.exponential(-abs(time - $1) / 10) }
      }
    }
    let square = [([5.0, 12], [6.0]), ([71, 90], [70, 95])].reduce(0) {
      $0 + 0.5 * kernel($1.0, $1.0) + 0.5 * kernel($1.1, $1.1) - kernel($1.0, $1.1)
    }
    let van = try VanRossumDistance(timeConstant: 10).analyze(recording)
    #expect(van[0, 1].map { abs($0 - square.squareRoot()) < 1e-12 } == true)
    // Within 2 ms: 2 of 4 spikes beside 2 of 3; tiles of 4 ms each, of 55 ms.
    let tiling = try SpikeTimeTiling(window: 2).analyze(recording)
    let (first, second) = (16.0 / 55, 12.0 / 55)
    let expected =
      0.5 * ((0.5 - second) / (1 - 0.5 * second) + (2.0 / 3 - first) / (1 - 2 * first / 3))
    #expect(tiling[0, 1].map { abs($0 - expected) < 1e-12 } == true)
  }

  @Test func `trains that were never observed together have no measure`() throws {
    let recording = try SpikeTrains(
      trains: [[5], [15]], start: 0, stop: 20, observations: [[0...10], [10...20]])
    for measure in Self.measures { #expect(try matrix(measure, recording)[1].isNaN, "\(measure)") }
  }

  @Test func `settings outside of their domains are errors`() throws {
    let recording = try SpikeTrains(trains: [[1], [2]], start: 0, stop: 10)
    let wrong: [any PairMeasure] = [
      SpikeTimeTiling(window: 0), SpikeTimeTiling(window: .nan), VanRossumDistance(timeConstant: 0),
      VictorPurpuraDistance(costPerSecond: -1), VictorPurpuraDistance(costPerSecond: .infinity),
    ]
    for measure in wrong {
      #expect(throws: SpikingError.self, "\(measure)") { try matrix(measure, recording) }
    }
    for length in [0, -1, .nan, 11] {
      #expect(throws: SpikingError.self) {
        try FanoFactor(windowLength: length).analyze(recording)
      }
    }
  }
}

/// The fractions that were reported.
private final class FractionList: Sendable {
  private let fractions = Mutex([Double]())

  var list: [Double] { fractions.withLock { $0 } }

  func add(_ fraction: Double) { fractions.withLock { $0.append(fraction) } }
}
