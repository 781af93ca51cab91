internal import Foundation

/// The Swift code of a page of the documentation, and what stands between the marks BEGIN GUIDE and END
/// GUIDE in the tests that run it: blocks of lines, without indentation and empty lines.
package struct GuideCode {
  package let shown: [[String]]
  package let tested: [[String]]

  /// - Parameters:
  ///   - page: a file of the folder `Docs`.
  ///   - tests: the file of the tests.
  package init(_ page: String, tests: String) throws {
    let own = try String(contentsOf: URL(filePath: tests), encoding: .utf8)
    let text = try String(
      contentsOf: TestFiles.package.appending(path: "Docs/\(page)"), encoding: .utf8)
    shown = Self.blocks(text, from: "```swift", to: "```")
    tested = Self.blocks(own, from: "// BEGIN GUIDE", to: "// END GUIDE")
  }

  private static func blocks(_ text: String, from start: String, to end: String) -> [[String]] {
    text.components(separatedBy: start).dropFirst().map { block in
      block.components(separatedBy: end)[0].components(separatedBy: "\n").map {
        $0.trimmingCharacters(in: .whitespaces)
      }.filter { !$0.isEmpty }
    }
  }
}
