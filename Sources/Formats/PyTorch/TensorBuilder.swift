internal import SpikingFramework

/// What the names in a pickle of a tensor stand for.
enum TensorBuilder {
  private static let tensor = "torch._utils._rebuild_tensor_v2"
  /// With the type of the elements, for those whose storage has none.
  private static let typedTensor = "torch._utils._rebuild_tensor_v3"
  private static let parameter = "torch._utils._rebuild_parameter"
  /// Hooks, of which there are none.
  private static let dictionary = "collections.OrderedDict"
  private static let untyped = ["torch.storage.UntypedStorage", "torch.UntypedStorage"]

  /// Whether a tensor may need what has this name in Python.
  static func isKnown(_ name: String) -> Bool {
    [tensor, typedTensor, parameter, dictionary].contains(name) || untyped.contains(name)
      || TensorElement(storage: name) != nil || TensorElement(type: name) != nil
  }

  /// What a function of Python, known by its name, makes of a tuple of arguments.
  static func call(
    _ function: PickleValue, _ arguments: PickleValue
  ) throws(SpikingError) -> PickleValue {
    guard case .global(let name) = function, case .tuple(let arguments, _) = arguments else {
      throw wrong(function.description)
    }
    switch (name, arguments.count) {
    case (dictionary, 0): return .dictionary
    case (parameter, 3):
      guard case .tensor = arguments[0] else { throw wrong(arguments[0].description) }
      return arguments[0]
    case (tensor, 6...7), (typedTensor, 7...8):
      var type: TensorElement?
      if name == typedTensor, case .global(let name) = arguments[6] {
        type = TensorElement(type: name)
      }
      return .tensor(try build(arguments, type))
    default: throw wrong("\(name) with \(arguments.count) arguments")
    }
  }

  /// The storage that a persistent identifier names: ('storage', type, key, device, number of elements).
  static func storage(_ identifier: PickleValue) throws(SpikingError) -> TensorStorage {
    guard case .tuple(let parts, _) = identifier, parts.count == 5,
      case .text("storage") = parts[0], case .global(let type) = parts[1],
      case .text(let key) = parts[2], let count = parts[4].integer, count >= 0
    else { throw wrong(identifier.description) }
    let element = TensorElement(storage: type)
    guard element != nil || untyped.contains(type) else { throw wrong(type) }
    return TensorStorage(key: key, elementType: element, count: count)
  }

  private static func build(
    _ arguments: [PickleValue], _ type: TensorElement?
  ) throws(SpikingError) -> Tensor {
    guard case .storage(let storage) = arguments[0], let offset = arguments[1].integer,
      let shape = arguments[2].integers, let strides = arguments[3].integers
    else { throw wrong("a tensor of other parts") }
    guard let element = type ?? storage.elementType else { throw wrong("elements of no type") }
    return Tensor(
      storage: storage, elementType: element, offset: offset, shape: shape, strides: strides)
  }

  private static func wrong(_ found: String) -> SpikingError {
    SpikingError(
      .invalidData, "data.pkl", found: found, expected: "a tensor as torch.save writes it")
  }
}
