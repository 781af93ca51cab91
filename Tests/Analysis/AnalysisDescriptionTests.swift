import Foundation
import Spiking
import Testing

@Suite struct AnalysisDescriptionTests {
  private func trains() throws -> SpikeTrains {
    try SpikeTrains(trains: [[0, 10, 30, 60], [5, 95]], start: 0, stop: 100)
  }

  private func recoded<Value: Codable>(_ value: Value) throws -> Value {
    try JSONDecoder().decode(Value.self, from: JSONEncoder().encode(value))
  }

  @Test func `intervals and rates`() throws {
    let trains = try trains()
    let histogram = try IntervalHistogram(binWidth: 20, upperLimit: 40).analyze(trains)
    #expect("\(histogram)" == "2 bins from 0 to 40, 4 values (1 outside), mean 37.5")
    let rates = try PeristimulusHistogram(period: 50, binWidth: 25).analyze(trains)
    #expect("\(rates)" == "2 bins from 0 to 50 ms, 2 neurons, 20 to 40 Hz")
    let neurons = try IntervalStatistics().analyze(trains)
    #expect(
      neurons.map(\.description) == [
        "neuron 0: 4 spikes, rate 40 Hz, mean interval 20.0 ms, CV 0.408, CV2 0.533, LV 0.227, LvR 0.362",
        "neuron 1: 2 spikes, rate 20 Hz, mean interval 90.0 ms",
      ])
    let correlation = try CountCorrelation(binWidth: 50).analyze(trains)
    #expect("\(correlation)" == "2 neurons")
    #expect(try recoded(histogram) == histogram && recoded(rates) == rates)
    #expect(try recoded(neurons) == neurons)
  }

  @Test func `goodness and tests`() throws {
    let goodness = try GoodnessOfFit(
      logLikelihood: -1000, nullLogLikelihood: -1100, saturatedLogLikelihood: 0, spikeCount: 400,
      binCount: 50_000, parameterCount: 3)
    #expect(
      "\(goodness)"
        == "400 spikes in 50000 bins, log-likelihood −1000.0, 0.361 bits/spike, pseudo-R² 0.091")
    let test = try LikelihoodRatioTest(
      logLikelihood: -100, nestedLogLikelihood: -105, degreesOfFreedom: 1)
    #expect("\(test)" == "χ² = 10.0, 1 degree of freedom, p = 0.0016")
    let curve = try ReceiverOperatingCharacteristic(
      evidence: [3, 2, 1, 0], truth: [true, false, true, false])
    #expect("\(curve)" == "2 positives, 2 negatives, area 0.750")
    let prediction = try PredictedSpikes(
      neuron: 3, intensities: [0.5, 0.25, 0.75], counts: [1, 0, 2], events: .occupiedBins)
    #expect(
      "\(prediction)" == "neuron 3: 3 bins in 1 segment, 2 events, integrated intensity 1.50")
    let intervals = try TimeRescaling().analyze(prediction, uniforms: [0, 0])
    #expect("\(intervals)".hasPrefix("neuron 3: 1 interval, KS distance 0."))
    #expect(try recoded(goodness) == goodness && recoded(test) == test)
    #expect(try recoded(prediction) == prediction && recoded(intervals) == intervals)
  }

  @Test func `results that do not fit together are not decoded`() {
    for json in [
      #"{"edges":[0,1],"counts":[1,2],"outside":0}"#, #"{"edges":[],"counts":[],"outside":0}"#,
    ] {
      #expect(throws: SpikingError.self) {
        try JSONDecoder().decode(Histogram.self, from: Data(json.utf8))
      }
    }
    #expect(throws: SpikingError.self) {
      try JSONDecoder().decode(
        PairMatrix.self, from: Data(#"{"neuronCount":2,"values":[1]}"#.utf8))
    }
  }
}
