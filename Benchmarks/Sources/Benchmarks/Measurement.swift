/// The median time of several runs of `body`, in seconds, after one that is not counted.
func medianSeconds(runs: Int = 5, _ body: () async throws -> Void) async rethrows -> Double {
  try await body()
  var times: [Double] = []
  let clock = ContinuousClock()
  for _ in 0..<runs {
    let start = clock.now
    try await body()
    times.append((clock.now - start) / .seconds(1))
  }
  return times.sorted()[runs / 2]
}

/// One line of the table: what was measured, and in which unit.
struct Measurement: Encodable {
  let name: String
  let value: Double
  let unit: String
}
