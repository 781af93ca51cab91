import Spiking
import SpikingTestCases
import Testing

@Suite struct AnalysisCorrelationTests {
  @Test func `coefficients equal elephant's`() throws {
    struct Golden: Decodable {
      let stop, bin: Double
      let times: [[Double]]
      let correlation: [[Double?]]
    }
    let stored = try golden("correlation", as: Golden.self)
    let recording = try SpikeTrains(trains: stored.times, start: 0, stop: stored.stop)
    let found = try CountCorrelation(binWidth: stored.bin).analyze(recording)
    #expect(found.neuronCount == 5)
    for (i, row) in stored.correlation.enumerated() {
      for (j, expected) in row.enumerated() {
        let coefficient = found[i, j]
        #expect((coefficient == nil) == (expected == nil), "\(i), \(j)")
        if let coefficient, let expected { #expect(abs(coefficient - expected) < 1e-12) }
      }
    }
    #expect(stored.correlation[0][1].map { $0 > 0.2 } == true)
  }

  @Test func `coefficients do not change when all times are shifted`() throws {
    let trains = [[1.0, 7, 12, 31], [2, 13, 30], [0.5, 21]]
    let here = try SpikeTrains(trains: trains, start: 0, stop: 40)
    let there = try SpikeTrains(
      trains: trains.map { $0.map { $0 + 1e6 } }, start: 1e6, stop: 1e6 + 40)
    let correlation = CountCorrelation(binWidth: 5)
    #expect(try correlation.analyze(here) == correlation.analyze(there))
  }

  @Test func `a last bin that is cut short is left out`() throws {
    let whole = try SpikeTrains(trains: [[1, 6], [2, 12]], start: 0, stop: 20)
    let longer = try SpikeTrains(trains: [[1, 6, 22], [2, 12, 22]], start: 0, stop: 24)
    let correlation = CountCorrelation(binWidth: 5)
    #expect(try correlation.analyze(whole) == correlation.analyze(longer))
    // Counts 1100 and 1010 of four bins.
    #expect(try correlation.analyze(whole)[0, 1] == 0)
  }

  @Test func `bins that do not fit are errors`() throws {
    let recording = try SpikeTrains(trains: [[1]], start: 0, stop: 10)
    for width in [0, -1, .nan, 11] {
      #expect(throws: SpikingError.self) {
        try CountCorrelation(binWidth: width).analyze(recording)
      }
    }
  }
}
