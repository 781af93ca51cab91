import Spiking

/// The stages of a bin apart, and what each costs one neuron at a time: the reason for the kernels.
func measureStages() async throws -> [Measurement] {
  let count = 512
  let drives = (0..<count).map { Double($0 % 13) * 0.5 - 6 }
  var rates = [Double](repeating: 0, count: count)
  let repetitions = 4000
  func perNeuron(_ seconds: Double) -> Double { seconds / Double(count * repetitions) * 1e9 }

  let batchRates = await medianSeconds {
    for _ in 0..<repetitions {
      var span = rates.mutableSpan
      Sigmoid().rates(at: drives.span, into: &span)
    }
  }
  let scalarRates = await medianSeconds {
    for _ in 0..<repetitions {
      for index in 0..<count { rates[index] = Sigmoid().rate(at: drives[index]) }
    }
  }
  var spikes = BinSpikes()
  let source = RandomSource(seed: 0)
  let means = rates.map { $0 * 0.1 }
  let blockDraws = await medianSeconds {
    for bin in 0..<repetitions {
      spikes.removeAll()
      BernoulliEmission().sample(
        0..<count, means: means, bin: bin, random: source, into: &spikes)
    }
  }
  var hits = 0
  let singleDraws = await medianSeconds {
    var stream = source.stream()
    for _ in 0..<repetitions {
      for mean in means where BernoulliEmission().sample(mean: mean, using: &stream) > 0 {
        hits += 1
      }
    }
  }
  precondition(hits > 0 && spikes.count > 0)
  return [
    Measurement(name: "sigmoid, block", value: perNeuron(batchRates), unit: "ns a neuron"),
    Measurement(name: "sigmoid, one at a time", value: perNeuron(scalarRates), unit: "ns a neuron"),
    Measurement(name: "Bernoulli draw, block", value: perNeuron(blockDraws), unit: "ns a neuron"),
    Measurement(
      name: "Bernoulli draw by GSL, one at a time", value: perNeuron(singleDraws),
      unit: "ns a neuron"),
    Measurement(name: "sigmoid, gain of blocks", value: scalarRates / batchRates, unit: "times"),
    Measurement(name: "draw, gain of blocks", value: singleDraws / blockDraws, unit: "times"),
  ]
}
