public import SpikingFramework

extension Catalogue {
  /// The names of the entries of a kind, in their order.
  public func names(_ kind: CatalogueKind) -> [String] { self[kind].map { name(of: $0, kind) } }

  /// The name of a value of a kind, as it stands in files and lists.
  public func name(of value: any Parameterized, _ kind: CatalogueKind) -> String {
    let type = Swift.type(of: value).typeName
    if kind.isHyphenated, let alias = aliases.first(where: { $0.value == type }) {
      return alias.key
    }
    return registeredName(type, withoutSuffix: kind.suffix, isHyphenated: kind.isHyphenated)
  }

  /// The entry of any kind that goes by a name. A name that several kinds have is that of the first of them;
  /// the others add what they are: "normal-weights".
  public func entry(named name: String) -> (kind: CatalogueKind, value: any Parameterized)? {
    for kind in CatalogueKind.allCases {
      if let value = entry(named: name, kind) { return (kind, value) }
    }
    return CatalogueKind.allCases.lazy.compactMap { kind in
      guard name.hasSuffix("-\(kind.rawValue)") else { return nil }
      return entry(named: String(name.dropLast(kind.rawValue.count + 1)), kind).map { (kind, $0) }
    }.first
  }

  func find<Entry>(
    _ name: String, _ kind: CatalogueKind, _ entries: [Entry]
  ) throws(SpikingError) -> Entry {
    if let index = index(of: name, kind) { return entries[index] }
    throw SpikingError(
      .unknownName, kind.rawValue, found: "\"\(name)\"",
      expected: "one of \(names(kind).joined(separator: ", "))")
  }

  /// The entry of a kind that goes by a name.
  package func entry(named name: String, _ kind: CatalogueKind) -> (any Parameterized)? {
    index(of: name, kind).map { self[kind][$0] }
  }

  private func index(of name: String, _ kind: CatalogueKind) -> Int? {
    let plain = Self.plain(aliases[name] ?? name)
    return self[kind].lastIndex { value in
      let type = Swift.type(of: value).typeName
      return plain == Self.plain(type) || plain == Self.plain(self.name(of: value, kind))
    }
  }

  /// A name as names are compared.
  private static func plain(_ name: String) -> String { name.lowercased().filter { $0 != "-" } }
}
