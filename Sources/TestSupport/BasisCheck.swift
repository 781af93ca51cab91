public import SpikingFramework

/// What every basis promises.
///
/// ```swift
/// #expect(problems(with: MyBasis(count: 5, window: 20)) == [])
/// ```
///
/// - Returns: a line for each promise that does not hold: `functions()` has `window` lists of `count`
///   finite numbers, always the same; no function is zero at every lag; none is a sum of others,
///   unless there are more functions than lags; parameters can be set and read.
public func problems(with basis: some Basis) -> [String] {
  var problems = parameterProblems(with: basis)
  let functions = basis.functions()
  guard basis.count > 0, basis.window > 0, functions.count == basis.window,
    functions.allSatisfy({ $0.count == basis.count })
  else {
    problems.append(
      "functions() has \(functions.count) lists of \(Set(functions.map(\.count)).sorted()) "
        + "numbers, not \(basis.window) of \(basis.count)")
    return problems
  }
  for (lag, values) in functions.enumerated() {
    for (index, value) in values.enumerated() where !value.isFinite {
      problems.append("function \(index) is \(value) at lag \(lag)")
    }
  }
  if !problems.isEmpty { return problems }
  if basis.functions() != functions { problems.append("functions() differs from call to call") }
  let columns = (0..<basis.count).map { index in functions.map { $0[index] } }
  for (index, column) in columns.enumerated() where !column.contains(where: { $0 != 0 }) {
    problems.append("function \(index) is zero at every lag")
  }
  if basis.window >= basis.count {
    problems += dependentColumns(columns).map { "function \($0) is a sum of those before it" }
  }
  return problems
}

/// The columns of which less than 1e-9 remains when the parts along those before are taken away,
/// twice, as once leaves rounding errors (Gram–Schmidt).
private func dependentColumns(_ columns: [[Double]]) -> [Int] {
  var directions: [[Double]] = []
  var dependent: [Int] = []
  for (index, column) in columns.enumerated() {
    var rest = column
    for direction in directions + directions {
      let part = product(rest, direction)
      rest = zip(rest, direction).map { $0 - part * $1 }
    }
    let norm = product(rest, rest).squareRoot()
    if norm < 1e-9 * product(column, column).squareRoot() {
      dependent.append(index)
    } else if norm > 0 {
      directions.append(rest.map { $0 / norm })
    }
  }
  return dependent
}

private func product(_ a: [Double], _ b: [Double]) -> Double {
  zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
}
