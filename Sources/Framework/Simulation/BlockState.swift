/// What a block of neurons remembers from bin to bin.
///
/// It lists what it remembers, once; from this a run is saved and resumed, on any number of threads:
///
/// ```swift
/// mutating func visitMemory(_ visit: inout some MemoryVisitor) {
///   visit(perNeuron: &voltages)
///   visit(shared: &bin)
/// }
/// ```
public protocol BlockState: SendableMetatype {
  /// Shows everything that the next bins depend on, always in the same order. What is derived from
  /// it is derived again afterwards, as a visitor may have changed it.
  mutating func visitMemory(_ visit: inout some MemoryVisitor)
}

/// What saves or restores the memory of blocks, one item at a time: numbers, of which any bits are a
/// value, not truth values or enumerations. A damaged file may put any number there.
public protocol MemoryVisitor {
  /// One or more values for each neuron of the block: all of the first row, neuron by neuron, then
  /// all of the second. The number of rows is the same for every block.
  mutating func callAsFunction<Value: BitwiseCopyable>(perNeuron values: inout MutableSpan<Value>)
  /// A value that all blocks of a network have in common.
  mutating func callAsFunction<Value: BitwiseCopyable>(shared value: inout Value)
}

extension MemoryVisitor {
  /// The elements of an array, whose number stays.
  @inlinable
  public mutating func callAsFunction<Value: BitwiseCopyable>(perNeuron values: inout [Value]) {
    var span = values.mutableSpan
    self(perNeuron: &span)
  }
}
