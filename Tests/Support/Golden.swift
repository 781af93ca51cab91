internal import Foundation

/// A file of values from an independent implementation, in `Golden/`.
package func golden<Value: Decodable>(_ name: String, as type: Value.Type = Value.self) throws
  -> Value
{
  let url = URL(filePath: TestFiles.golden("\(name).json"))
  return try JSONDecoder().decode(Value.self, from: Data(contentsOf: url))
}

/// A value that is nil where the file holds something of another shape.
package struct Lenient<Value: Decodable>: Decodable {
  package let value: Value?

  package init(from decoder: any Decoder) throws { value = try? Value(from: decoder) }
}
