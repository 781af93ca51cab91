import Spiking

/// Sigmoid and draw for a block of neurons and for one neuron at a time: the reason for the kernels.
func measureBlocks() async -> Section {
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
  let results = [
    Measurement(name: "sigmoid, block", value: perNeuron(batchRates), unit: "ns a neuron"),
    Measurement(name: "sigmoid, one at a time", value: perNeuron(scalarRates), unit: "ns a neuron"),
    Measurement(name: "Bernoulli draw, block", value: perNeuron(blockDraws), unit: "ns a neuron"),
    Measurement(
      name: "Bernoulli draw by GSL, one at a time", value: perNeuron(singleDraws),
      unit: "ns a neuron"),
    Measurement(name: "sigmoid, gain of blocks", value: scalarRates / batchRates, unit: "times"),
    Measurement(name: "draw, gain of blocks", value: singleDraws / blockDraws, unit: "times"),
  ]
  return Section(name: "blocks", title: "Blocks of neurons and single ones", measurements: results)
}

/// The elementary functions over a span and one at a time (the C library's).
func measureFunctions() async -> Section {
  typealias Batch = (Span<Double>, inout MutableSpan<Double>) -> Void
  let functions: [(String, (Double) -> Double, Batch)] = [
    ("exp", Elementary.exponential, { Elementary.exponentials(of: $0, into: &$1) }),
    ("expm1", Elementary.expm1, { Elementary.expm1s(of: $0, into: &$1) }),
    ("log", Elementary.logarithm, { Elementary.logarithms(of: $0, into: &$1) }),
    ("log1p", Elementary.log1p, { Elementary.log(onePlus: $0, into: &$1) }),
    ("logistic", Elementary.logistic, { Elementary.logistics(of: $0, into: &$1) }),
    ("softplus", Elementary.softplus, { Elementary.softpluses(of: $0, into: &$1) }),
  ]
  let (count, repetitions) = (512, 2000)
  let arguments = (0..<count).map { 0.1 + Double($0 * 37 % count) / 100 }
  var values = arguments
  var results: [Measurement] = []
  for (name, single, batch) in functions {
    let spans = await medianSeconds {
      for _ in 0..<repetitions {
        var span = values.mutableSpan
        batch(arguments.span, &span)
      }
    }
    let singles = await medianSeconds {
      for _ in 0..<repetitions {
        for index in 0..<count { values[index] = single(arguments[index]) }
      }
    }
    for (form, seconds) in [("ns in a span", spans), ("ns one at a time", singles)] {
      results.append(
        Measurement(
          name: name, value: seconds / Double(count * repetitions) * 1e9, unit: form))
    }
  }
  return Section(
    name: "functions", title: "Elementary functions, time an element", measurements: results)
}
