import Spiking
import SpikingTestCases
import Testing

/// Bases over ranges of values.
@Suite struct ValueBasisTests {
  private struct File: Decodable {
    let cases: [Case]
    let products: [Product]
  }

  private struct Case: Decodable {
    let basis: String
    let parameters: [String: Double]
    let positions: [Double]
    let functions: [[Double]]
  }

  private struct Product: Decodable {
    let bases: [String]
    let positions: [[Double]]
    let functions: [[Double]]
  }

  private static func basis(_ text: String, _ parameters: [String: Double] = [:]) throws
    -> ValueBasis
  {
    let others = parameters.map { ":\($0.key)=\($0.value)" }.joined()
    return try Catalogue.standard.valueBasis(text + others)
  }

  @Test func `values are those of NeMoS`() throws {
    let golden: File = try golden("value_bases")
    #expect(golden.cases.count == 10 && golden.products.count == 2)
    for expected in golden.cases {
      let basis = try Self.basis(expected.basis, expected.parameters)
      for (position, functions) in zip(expected.positions, expected.functions) {
        let values = try #require(basis.values(at: position))
        #expect(values.count == functions.count)
        for (found, expected) in zip(values, functions) {
          #expect(abs(found - expected) < 1e-12, "\(basis) at \(position)")
        }
      }
    }
  }

  @Test func `products run through the last of them fastest, as in NeMoS`() throws {
    let golden: File = try golden("value_bases")
    for expected in golden.products {
      let bases = try expected.bases.map { try Self.basis($0) }
      let spikes = try BinnedSpikes(
        neurons: [], bins: [], counts: [], binCount: expected.positions.count, dt: 10,
        networkOffsets: [0, 1], seed: nil)
      var session = Recording(spikes)
      let names = bases.indices.map { "v\($0)" }
      for (axis, name) in names.enumerated() {
        try session.add(
          RecordedSeries(
            "/\(name)",
            TimeSeries(
              values: expected.positions.map { $0[axis] }, times: .regular(start: 0, step: 10))))
      }
      let recording = BinnedRecording(session, spikes, origin: 0)
      guard case .sparse(let columns) = try Tuning(names, bases).columns(in: recording) else {
        Issue.record("a tuning has columns of its own")
        return
      }
      let rows = columns.rows(0..<expected.positions.count)
      for (point, functions) in expected.functions.enumerated() {
        var found = [Double](repeating: 0, count: columns.count)
        for entry in point * rows.width..<(point + 1) * rows.width {
          found[Int(rows.weights[entry])] += rows.factors[entry]
        }
        #expect(found.count == functions.count)
        for (found, expected) in zip(found, functions) { #expect(abs(found - expected) < 1e-12) }
      }
    }
  }

  @Test func `cyclic bases go around, others end`() throws {
    let cyclic = try Self.basis("cyclic-b-spline:8:0:360")
    let (further, own) = (try #require(cyclic.values(at: 370)), try #require(cyclic.values(at: 10)))
    #expect(zip(further, own).allSatisfy { abs($0 - $1) < 1e-14 })
    #expect(cyclic.sumsToOne)
    let open = try Self.basis("b-spline:8:0:100")
    #expect(open.values(at: 100.5) == nil && open.values(at: .nan) == nil)
    #expect(open.values(at: 100)?.last == 1)
    #expect(!(try Self.basis("raised-cosine-log:5:0:60").sumsToOne))
  }

  @Test(arguments: [
    ("b-spline:8:5:5", "LOW below HIGH"), ("b-spline:8:0", "NAME:COUNT:LOW:HIGH"),
    ("identity:8:0:1", "NAME:COUNT:LOW:HIGH"), ("b-spline:0:0:1", "COUNT from 1 to 1000"),
    ("b-spline:3:0:1", "order"), ("b-spline:8:0:1:degree=2", "no such parameter"),
    ("b-spline:8:0:inf", "NAME:COUNT:LOW:HIGH"),
  ])
  func `a basis that is none is an error`(_ text: String, _ expected: String) throws {
    let error = #expect(throws: SpikingError.self) { try Catalogue.standard.valueBasis(text) }
    #expect("\(try #require(error))".contains(expected), "\(String(describing: error))")
  }
}
