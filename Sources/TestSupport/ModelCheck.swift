public import SpikingFramework

/// What every model promises, checked on a random network of 192 neurons: that a network divided into
/// blocks fires as the whole one does, that a copy of a state goes its own way, that a state shows all
/// that it remembers, and that its parameters can be set and read.
///
/// - Returns: a line for each promise that does not hold.
public func problems(with model: some SpikingModel, seed: UInt64 = 1) -> [String] {
  var problems = parameterProblems(with: model)
  do {
    var runs = try [[0..<192], [0..<64, 64..<192]].map { try ModelRun(model, $0, seed: seed) }
    let (whole, divided) = (runs[0].advance(bins: 300), runs[1].advance(bins: 300))
    if whole != divided { problems.append("the spikes depend on the division into blocks") }
    if whole.allSatisfy(\.isEmpty) { problems.append("there are no spikes to compare") }
    var copy = runs[0]
    let further = runs[0].advance(bins: 100)
    if copy.advance(bins: 100) != further { problems.append("a copied state is not independent") }
    var resumed = try ModelRun(model, [0..<192], seed: seed)
    resumed.resume(as: runs[0])
    if resumed.advance(bins: 100) != runs[0].advance(bins: 100) {
      problems.append("a state does not show all of its memory")
    }
  } catch {
    problems.append("\(error)")
  }
  return problems
}

/// A network of a model, block after block, on one thread.
private struct ModelRun<Model: SpikingModel> {
  private let model: Model
  private let random: RandomSource
  private let inputs: [BlockInput]
  private var states: [Model.State]
  private var bin = 0

  init(_ model: Model, _ blocks: [Range<Int>], seed: UInt64) throws(SpikingError) {
    self.model = model
    random = RandomSource(seed: seed)
    var stream = random["network"].stream()
    let matrix = (0..<192 * 192).map { _ in
      stream.uniform() < 0.9 ? 0 : Float(stream.uniform() - 0.6) * 0.1
    }
    let network = try Connectivity(matrix: matrix, neuronCount: 192)
    var inputs: [BlockInput] = []
    var states: [Model.State] = []
    for block in blocks {
      inputs.append(
        try BlockInput(neuronCounts: [192], neurons: block, dt: model.dt, random: random))
      states.append(try model.makeState(of: network, neurons: block))
    }
    self.inputs = inputs
    self.states = states
  }

  /// Takes up the memory of another run of the same blocks.
  mutating func resume(as other: ModelRun) {
    var other = other
    bin = other.bin
    for block in states.indices {
      var reader = MemoryReader()
      other.states[block].visitMemory(&reader)
      var writer = MemoryWriter(items: reader.items[...])
      states[block].visitMemory(&writer)
    }
  }

  /// The neurons that fire in each of the next bins.
  mutating func advance(bins: Int) -> [[UInt32]] {
    (0..<bins).map { _ in
      defer { bin += 1 }
      var spikes = BinSpikes()
      for block in states.indices {
        model.emit(&states[block], input: inputs[block], bin: bin, random: random, into: &spikes)
      }
      for block in states.indices { model.receive(spikes, bin: bin, in: &states[block]) }
      return spikes.neurons
    }
  }
}

/// Copies what a state shows.
private struct MemoryReader: MemoryVisitor {
  private(set) var items: [[UInt8]] = []

  mutating func callAsFunction<Value: BitwiseCopyable>(perNeuron values: inout MutableSpan<Value>) {
    items.append(values.span.bytes.withUnsafeBytes { Array($0) })
  }

  mutating func callAsFunction<Value: BitwiseCopyable>(shared value: inout Value) {
    items.append(withUnsafeBytes(of: value) { Array($0) })
  }
}

/// Puts copies in the place of what a state shows.
private struct MemoryWriter: MemoryVisitor {
  var items: ArraySlice<[UInt8]>

  mutating func callAsFunction<Value: BitwiseCopyable>(perNeuron values: inout MutableSpan<Value>) {
    guard let item = items.popFirst() else { return }
    values.withUnsafeMutableBytes { $0.copyBytes(from: item) }
  }

  mutating func callAsFunction<Value: BitwiseCopyable>(shared value: inout Value) {
    guard let item = items.popFirst() else { return }
    withUnsafeMutableBytes(of: &value) { $0.copyBytes(from: item) }
  }
}
