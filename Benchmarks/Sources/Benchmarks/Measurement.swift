/// One figure: what was measured, how much it was, and of what. The unit is also the heading of
/// its column, the name that of its row.
struct Measurement {
  let name: String
  let value: Double
  let unit: String
}

/// The measurements of one table.
struct Section {
  /// What it is called in the file of results.
  let name: String
  /// What it shows, in one line.
  let title: String
  let measurements: [Measurement]
}

/// The median of several values; the lower one of two in the middle.
func median(of values: [Double]) -> Double {
  values.sorted()[(values.count - 1) / 2]
}

/// How long `body` takes, in seconds.
func seconds(_ body: () async throws -> Void) async rethrows -> Double {
  let clock = ContinuousClock()
  let start = clock.now
  try await body()
  return (clock.now - start) / .seconds(1)
}

/// The median time of several runs of `body`, in seconds, after one that is not counted.
func medianSeconds(runs: Int = 5, _ body: () async throws -> Void) async rethrows -> Double {
  try await body()
  var times: [Double] = []
  for _ in 0..<runs { times.append(try await seconds(body)) }
  return median(of: times)
}
