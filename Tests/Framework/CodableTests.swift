import Foundation
import Spiking
import Testing

@Suite struct CodableTests {
  private func recoded<Value: Codable>(_ value: Value) throws -> Value {
    try JSONDecoder().decode(Value.self, from: JSONEncoder().encode(value))
  }

  private func decode<Value: Decodable>(_ type: Value.Type, _ json: String) throws -> Value {
    try JSONDecoder().decode(type, from: Data(json.utf8))
  }

  @Test func `spikes come back from JSON as they were`() throws {
    let spikes = try BinnedSpikes(
      neurons: [1, 3, 0, 1], bins: [0, 0, 2, 5], counts: [1, 2, 1, 1], binCount: 6, dt: 0.5,
      networkOffsets: [0, 3, 4], seed: .max)
    #expect(try recoded(spikes) == spikes)
    let trains = try SpikeTrains(
      trains: [[1, 2.5], []], start: 0, stop: 3, observations: [[0...1, 2...3], [0...3]])
    #expect(try recoded(trains) == trains)
  }

  @Test func `what are no spikes is refused`() throws {
    let error = #expect(throws: SpikingError.self) {
      try decode(
        BinnedSpikes.self,
        #"{"neurons":[4],"bins":[0],"counts":[],"binCount":1,"dt":1,"networkOffsets":[0,4]}"#)
    }
    #expect(error?.description == "neuron[0]: found 4, expected below 4")
    #expect(throws: SpikingError.self) {
      try decode(
        SpikeTrains.self, #"{"times":[2,1],"offsets":[0,2],"start":0,"stop":3,"observations":[]}"#)
    }
  }

  @Test func `targets are lists as in files`() throws {
    let texts: KeyValuePairs<StimulusTargets, String> = [
      .all: #""all""#, .everyNetwork([3, 7]): "[3,7]", .perNetwork([[3], []]): "[[3],[]]",
      .mask([true, false]): "[true,false]", .masks([[true], [false]]): "[[true],[false]]",
    ]
    for (targets, text) in texts {
      #expect(String(decoding: try JSONEncoder().encode(targets), as: UTF8.self) == text)
      #expect(try decode(StimulusTargets.self, text) == targets)
    }
    let error = #expect(throws: SpikingError.self) {
      try decode(StimulusTargets.self, #""some""#)
    }
    #expect(error?.description.hasPrefix("targets: found some, expected a list") == true)
  }

  @Test func `parameters keep their domains, bounded or not`() throws {
    for parameter in BernoulliGLM().parameters + NormalGenerator(neurons: 5).parameters {
      #expect(try recoded(parameter) == parameter)
    }
  }

  @Test func `a number that is not finite needs a word for it in JSON`() throws {
    let endless = Parameter(name: "end", value: .infinity, domain: .endTime)
    #expect(throws: EncodingError.self) { try JSONEncoder().encode(endless) }
    let (encoder, decoder) = (JSONEncoder(), JSONDecoder())
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    #expect(try decoder.decode(Parameter.self, from: encoder.encode(endless)) == endless)
  }
}
