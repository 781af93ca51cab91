import Foundation
import SpikingTestCases
import Testing

/// The table of modules in `Docs/Architecture.md` is that of `Package.swift`.
@Suite struct ArchitectureTests {
  struct Module: Hashable {
    let name: String
    let folder: String
    let uses: Set<String>
  }

  /// The rows `| name | folder | uses | what it holds |`.
  private func documented() throws -> [Module] {
    let page = try String(
      contentsOf: TestFiles.package.appending(path: "Docs/Architecture.md"), encoding: .utf8)
    let rows = page.matches(of: #/(?m)^\| `(\w+)` \| `(Sources/\w+)` \| ([^|]*) \|/#)
    return rows.map { row in
      let uses = row.output.3.split(separator: ", ").map(String.init).filter { $0 != "–" }
      return Module(
        name: String(row.output.1), folder: String(row.output.2), uses: Set(uses))
    }
  }

  /// The Swift targets of the library and of the command, by the names of the page.
  private func declared() throws -> [Module] {
    let text = try String(
      contentsOf: TestFiles.package.appending(path: "Package.swift"), encoding: .utf8)
    let targets = try #require(text.components(separatedBy: "\n  targets: [").last)
    let modules = targets.matches(of: #/(?s)\bmodule\(\s*"(\w+)"(?:,\s*\[(.*?)\])?\)/#).map {
      Module(
        name: "Spiking\($0.output.1)", folder: "Sources/\($0.output.1)",
        uses: uses(String($0.output.2 ?? "")))
    }
    let whole = try #require(
      targets.firstMatch(
        of: #/(?s)name: "Spiking",\s*dependencies: \[(.*?)\],\s*path: "(Sources/\w+)"/#))
    return modules + [
      Module(name: "Spiking", folder: String(whole.output.2), uses: uses(String(whole.output.1)))
    ]
  }

  private func uses(_ list: String) -> Set<String> {
    let names = list.matches(of: #/"(\w+)"/#).map { match in
      match.output.1 == "Spiking"
        ? "Spiking" : String(match.output.1.replacing(/^Spiking/, with: ""))
    }
    // Products of other packages.
    let products = [("argumentParser", "ArgumentParser"), ("systemPackage", "SystemPackage")]
    return Set(names + products.filter { list.contains($0.0) }.map(\.1))
  }

  @Test func `the page has the modules of the package`() throws {
    let (page, package) = (try documented(), try declared())
    #expect(package.count > 10 && Set(page.map(\.name)).count == page.count)
    #expect(Set(page.map(\.name)) == Set(package.map(\.name)))
    for module in page {
      let expected = package.first { $0.name == module.name }
      #expect(module.folder == expected?.folder)
      // The module that has all others says so in words.
      let all: Set = ["all of these"]
      if module.uses == all {
        #expect(expected?.uses.count == page.count - 3, "\(module.name)")
      } else {
        #expect(module.uses == expected?.uses, "\(module.name)")
      }
    }
  }

  @Test func `every folder of Sources is a module of the page or is named on it`() throws {
    let page = try String(
      contentsOf: TestFiles.package.appending(path: "Docs/Architecture.md"), encoding: .utf8)
    let sources = TestFiles.package.appending(path: "Sources").path
    let folders = try FileManager.default.contentsOfDirectory(atPath: sources).filter {
      !$0.hasPrefix(".")
    }
    #expect(folders.count > 15)
    for folder in folders where folder != "Executable" {
      #expect(page.contains("Sources/\(folder)`") || page.contains("`\(folder)`"), "\(folder)")
    }
  }
}
