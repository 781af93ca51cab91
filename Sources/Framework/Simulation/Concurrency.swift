/// Applies `transform` to every element, up to `threads` at a time, and keeps their order.
///
/// Elements are started in order; the first error cancels those still running.
package func concurrentMap<Element: Sendable, Result: Sendable>(
  _ elements: [Element], threads: Int,
  _ transform: @escaping @Sendable (Element) async throws -> Result
) async throws -> [Result] {
  let width = min(threads, elements.count)
  return try await withThrowingTaskGroup(of: (Int, Result).self) { group in
    var results = [Result?](repeating: nil, count: elements.count)
    var next = 0
    func startNext() {
      guard next < elements.count else { return }
      let index = next
      next += 1
      group.addTask { (index, try await transform(elements[index])) }
    }
    for _ in 0..<width { startNext() }
    while let (index, result) = try await group.next() {
      results[index] = result
      startNext()
    }
    return results.compactMap(\.self)
  }
}
