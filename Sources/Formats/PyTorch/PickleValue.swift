/// What a pickle of a tensor is made of.
enum PickleValue {
  /// Where a tuple begins.
  case mark
  case nothing
  case flag(Bool)
  case integer(Int)
  case text(String)
  /// Members, and how deep they are nested: 1 where none of them is a tuple.
  case tuple([PickleValue], depth: Int)
  /// A dictionary without entries.
  case dictionary
  /// A name of Python that stands for one of the few things that a tensor needs.
  case global(String)
  case storage(TensorStorage)
  case tensor(Tensor)

  /// What the value is, in words for errors.
  var description: String {
    switch self {
    case .mark: "a mark"
    case .nothing: "None"
    case .flag(let flag): flag ? "True" : "False"
    case .integer(let number): "\(number)"
    case .text(let text): text.debugDescription
    case .tuple(let members, _): "a tuple of \(members.count)"
    case .dictionary: "a dictionary"
    case .global(let name): name
    case .storage: "a storage"
    case .tensor: "a tensor"
    }
  }

  var integer: Int? { if case .integer(let number) = self { number } else { nil } }

  /// The numbers of a tuple of whole numbers.
  var integers: [Int]? {
    guard case .tuple(let members, _) = self else { return nil }
    let numbers = members.compactMap(\.integer)
    return numbers.count == members.count ? numbers : nil
  }
}

/// Where the elements of a tensor are: an entry of its archive.
struct TensorStorage {
  /// The name of the entry, "0".
  let key: String
  /// What the elements are; nil where the tensor says so.
  let elementType: TensorElement?
  /// The number of elements; of bytes, where they have no type.
  let count: Int
}

/// A tensor as its pickle describes it.
struct Tensor {
  let storage: TensorStorage
  let elementType: TensorElement
  /// The place of the first element in the storage.
  let offset: Int
  let shape: [Int]
  /// The steps between neighbours along each dimension, in elements.
  let strides: [Int]
}
