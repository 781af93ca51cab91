internal import SpikingCatalogue
internal import SpikingFitting
internal import SpikingFramework

/// Gives a term the fields of an object of JSON.
struct TermReader: TermVisitor {
  private let object: JSONObject
  private let catalogue: Catalogue
  private var keys = ["term"]
  /// How deep terms may lie in terms.
  private let depth: Int

  private static let maximumDepth = 8
  private static let penaltyKeys = ["ridge", "lasso", "groupLasso", "smooth", "order"]

  /// The term of an object, with its name and penalty.
  ///
  /// - Throws: `invalidData`, `unknownName` or `invalidParameter`, naming the field.
  static func part(
    _ object: JSONObject, _ catalogue: Catalogue
  ) throws(SpikingError) -> Design.Part {
    let term = try term(object, catalogue, others: ["name"] + penaltyKeys, depth: 0)
    let name = object["name"] == nil ? nil : try object.string("name")
    if let name, name.isEmpty || name.contains("/") {
      throw object.error("name", expected: "a name without a slash")
    }
    guard penaltyKeys.contains(where: { object[$0] != nil }) else {
      return Design.Part(term, named: name)
    }
    func strength(_ key: String) throws(SpikingError) -> Double {
      guard let value = object[key] else { return 0 }
      guard let number = value.double, number >= 0, number.isFinite else {
        throw object.error(key, expected: "a strength of at least 0")
      }
      return number
    }
    let order = object["order"] == nil ? 1 : try object.whole("order", in: 1...2)
    let penalty = Penalty(
      ridge: try strength("ridge"), lasso: try strength("lasso"),
      groupLasso: try strength("groupLasso"), smooth: try strength("smooth"), order: order)
    return Design.Part(term, named: name, penalty: penalty)
  }

  private static func term(
    _ object: JSONObject, _ catalogue: Catalogue, others: [String], depth: Int
  ) throws(SpikingError) -> any Term {
    var term: any Term
    do throws(SpikingError) {
      term = try catalogue.term(object.string("term", expected: "the name of a term in quotes"))
    } catch {
      throw object.within(error)
    }
    var reader = TermReader(object: object, catalogue: catalogue, depth: depth)
    try term.visitFields(&reader)
    try object.allow(reader.keys + others)
    return term
  }

  private init(object: JSONObject, catalogue: Catalogue, depth: Int) {
    self.object = object
    self.catalogue = catalogue
    self.depth = depth
  }

  /// The value of a field; nil where there is none.
  private mutating func value(_ key: String) -> JSONValue? {
    keys.append(key)
    return object[key]
  }

  mutating func callAsFunction(_ name: String, _ value: inout String) throws(SpikingError) {
    if self.value(name) != nil || value.isEmpty { value = try object.string(name) }
  }

  mutating func callAsFunction(_ name: String, _ value: inout String?) throws(SpikingError) {
    if self.value(name) != nil { value = try object.string(name) }
  }

  mutating func callAsFunction(_ name: String, _ value: inout [String]) throws(SpikingError) {
    if self.value(name) != nil {
      value = try texts(name)
    } else if name == "of" {
      throw object.error(name, expected: "a name in quotes, or a list of them")
    }
  }

  mutating func callAsFunction(_ name: String, _ value: inout Double?) throws(SpikingError) {
    guard let found = self.value(name) else { return }
    guard let number = found.double, number.isFinite else {
      throw object.error(name, expected: "a number")
    }
    value = number
  }

  mutating func callAsFunction(_ name: String, _ value: inout any Basis) throws(SpikingError) {
    // What acts in one bin alone is the only filter that goes without saying.
    if self.value(name) == nil, value.count == 1, value.window == 1 { return }
    let text = try object.string(name, expected: "a basis in quotes, NAME:COUNT:WINDOW")
    let basis: (any Basis)?
    do throws(SpikingError) { basis = try catalogue.basis(text) } catch {
      throw object.within(error)
    }
    guard let basis else { throw object.error(name, expected: "a basis, NAME:COUNT:WINDOW") }
    value = basis
  }

  mutating func callAsFunction(_ name: String, _ value: inout [ValueBasis]) throws(SpikingError) {
    guard self.value(name) != nil else {
      throw object.error(name, expected: "a basis in quotes, NAME:COUNT:LOW:HIGH")
    }
    value = []
    for text in try texts(name) {
      do throws(SpikingError) { value.append(try catalogue.valueBasis(text)) } catch {
        throw object.within(error)
      }
    }
  }

  mutating func callAsFunction(_ name: String, _ value: inout [any Term]) throws(SpikingError) {
    _ = self.value(name)
    guard depth < Self.maximumDepth else {
      throw object.error(name, expected: "at most \(Self.maximumDepth) terms within each other")
    }
    value = []
    for part in try object.objects(name, expected: "a term, {\"term\": …}") {
      value.append(try Self.term(part, catalogue, others: [], depth: depth + 1))
    }
  }

  private func texts(_ key: String) throws(SpikingError) -> [String] {
    guard case .list(let list) = object[key] else { return [try object.string(key)] }
    var texts: [String] = []
    for (index, value) in list.enumerated() {
      guard case .string(let text) = value else {
        throw object.error("\(key)[\(index)]", found: value, expected: "a name in quotes")
      }
      texts.append(text)
    }
    return texts
  }
}
