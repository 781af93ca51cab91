public import SpikingFramework

/// What every model promises, checked on a random network of 192 neurons: that a network divided into
/// blocks fires as the whole one does, that a copy of a state goes its own way, that a state shows all
/// that it remembers, and that its parameters can be set and read; and that arrays which share storage, as
/// copies do, are not written through each other, which a fault of the compiler does.
///
/// - Returns: a line for each promise that does not hold.
public func problems(with model: some SpikingModel, seed: UInt64 = 1) -> [String] {
  var problems = parameterProblems(with: model)
  do {
    // Before all others, which might write to constants of the model as well.
    var separate = try ModelRun(model, [0..<192], seed: seed)
    separate.separateStorage()
    let expected = separate.advance(bins: 300)
    var runs = try [[0..<192], [0..<64, 64..<192]].map { try ModelRun(model, $0, seed: seed) }
    let (whole, divided) = (runs[0].advance(bins: 300), runs[1].advance(bins: 300))
    if whole != expected || runs[0].memory() != separate.memory() {
      // All else would only follow from it.
      return problems + [sharedStorageProblem]
    }
    if whole != divided { problems.append("the spikes depend on the division into blocks") }
    if whole.allSatisfy(\.isEmpty) { problems.append("there are no spikes to compare") }
    var copy = runs[0]
    var separateCopy = runs[0]
    separateCopy.separateStorage()
    let further = runs[0].advance(bins: 100)
    if copy.advance(bins: 100) != further {
      problems.append(
        separateCopy.advance(bins: 100) == further
          ? sharedStorageProblem : "a copied state is not independent")
    }
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

private let sharedStorageProblem = """
  writing to an array of a state changes others that shared its storage: a function takes the mutableSpan of \
  one array and writes to others, which Swift 6.3 compiles wrongly (see Arrays of a state in Docs/Plugins.md), \
  or visitMemory changes what it shows
  """

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

  /// What the state of each block shows.
  mutating func memory() -> [[[UInt8]]] {
    states.indices.map { block in
      var reader = MemoryReader()
      states[block].visitMemory(&reader)
      return reader.items
    }
  }

  /// Takes up the memory of another run of the same blocks.
  mutating func resume(as other: ModelRun) {
    var other = other
    bin = other.bin
    for (block, items) in other.memory().enumerated() {
      var writer = MemoryWriter(items: items[...])
      states[block].visitMemory(&writer)
    }
  }

  /// Gives each array that the states show storage of its own: who shows one to be changed makes it unique.
  mutating func separateStorage() { resume(as: self) }

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
