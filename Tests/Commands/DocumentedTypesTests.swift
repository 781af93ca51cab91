import Foundation
import SpikingTestCases
import Testing

/// The guides against the sources: a reader finds every public type in `Docs`.
@Suite struct DocumentedTypesTests {
  @Test func `every public type is named in a guide`() throws {
    let code = try Set(
      files("Docs", "md").flatMap { page in
        // Between backquotes stands code, be they one or three.
        page.split(separator: "`", omittingEmptySubsequences: false).enumerated()
          .filter { $0.offset % 2 == 1 }
          .flatMap { $0.element.matches(of: /\w+/).map { String($0.output) } }
      })
    let types = try files("Sources", "swift").flatMap(publicTypes)
    #expect(types.count > 200)
    let missing = types.filter { code.isDisjoint(with: $0) }.map { $0.joined(separator: ".") }
    #expect(missing == [])
  }

  @Test func `types are found with the type that they are nested in`() {
    let source = """
      public struct Plot: Sendable {
        public enum Frame {}
        struct Hidden {}
      }
      @frozen public final class Engine {}
      extension Engine { var plain: Int { 0 } }
      extension Engine {
        public indirect enum Part {}
      }
      private enum Own {}
      """
    #expect(
      publicTypes(source) == [["Plot"], ["Plot", "Frame"], ["Engine"], ["Engine", "Part"]])
  }

  /// The names of a public type and of the one around it.
  private func publicTypes(_ source: String) -> [[String]] {
    var outer = ""
    var types: [[String]] = []
    for line in source.split(separator: "\n") {
      guard
        let match = line.firstMatch(
          of: /^(\s*)([@\w() ]*?)\b(struct|class|enum|protocol|actor|extension)\s+(\w+)/)
      else { continue }
      let (isNested, name) = (!match.output.1.isEmpty, String(match.output.4))
      if !isNested { outer = name }
      let words = match.output.2.split(separator: " ")
      guard match.output.3 != "extension", words.contains("public") || words.contains("open")
      else { continue }
      types.append(isNested ? [outer, name] : [name])
    }
    return types
  }

  private func files(_ folder: String, _ type: String) throws -> [String] {
    let root = TestFiles.package.appending(path: folder)
    let names = try FileManager.default.subpathsOfDirectory(atPath: root.path)
    return try names.filter { $0.hasSuffix(".\(type)") }.map {
      try String(contentsOf: root.appending(path: $0), encoding: .utf8)
    }
  }
}
