import Spiking
import Testing

/// Conditions on the columns of a table.
struct ConditionTests {
  private let table: Table

  init() throws {
    table = try Table([
      Column("location", .texts(["ADN", "ADN", "PoS", "left CA1"])),
      Column("quality", .texts(["good", "mua", "good", "good"])),
      Column("snr", .numbers([4.5, 2, .nan, 7])),
      Column("channel", .integers([3, 5, 5, 9])),
      Column("is_fast", .flags([true, false, false, true])),
      Column("peak width", .numbers([1, 2, 3, 4])),
    ])
  }

  @Test(arguments: [
    ("location == ADN and quality == good", [0]),
    ("location == ADN or quality == good", [0, 1, 2, 3]),
    ("not quality == good", [1]),
    ("location == 'left CA1'", [3]),
    ("location in (ADN, PoS) and snr > 3", [0]),
    ("snr >= 2", [0, 1, 3]),
    ("snr != 2", [0, 2, 3]),
    ("channel == 5", [1, 2]),
    ("channel in (3, 9)", [0, 3]),
    ("is_fast", [0, 3]),
    ("not is_fast and channel < 9", [1, 2]),
    ("is_fast == false", [1, 2]),
    ("`peak width` <= 2", [0, 1]),
    // and binds more than or, not more than and.
    ("quality == mua or location == PoS and snr > 3", [1]),
    ("(quality == mua or location == ADN) and snr > 3", [0]),
    ("not is_fast or quality == good", [0, 1, 2, 3]),
    ("location == nowhere", []),
  ])
  func `rows are those of which it holds`(_ text: String, _ rows: [Int]) throws {
    #expect(try table.rows(where: Condition(text)) == rows)
  }

  @Test(arguments: [
    ("depth > 3", "unknown-name", "one of location, quality, snr, channel, is_fast, peak width"),
    ("location < ADN", "invalid-parameter", "==, != or in"),
    ("snr == high", "invalid-parameter", "a number"),
    ("is_fast == maybe", "invalid-parameter", "true or false"),
    ("snr", "invalid-parameter", "one, such as snr == …"),
    ("snr >", "invalid-parameter", "a value"),
    ("snr > 3 quality", "invalid-parameter", "and, or, or the end"),
    ("(snr > 3", "invalid-parameter", "found the end, expected )"),
    ("location == 'ADN", "invalid-parameter", "at the end of what it begins"),
    ("snr = 3", "invalid-parameter", "found = 3"),
    ("", "invalid-parameter", "the name of a column"),
    (String(repeating: "(", count: 5000), "invalid-parameter", "at most 4096"),
    (String(repeating: "not ", count: 4000) + "is_fast", "invalid-parameter", "fewer parentheses"),
  ])
  func `what cannot be evaluated is told`(
    _ text: String, _ code: String, _ expected: String
  ) throws {
    let error = try #require(throws: SpikingError.self) {
      try table.rows(where: Condition(text))
    }
    #expect(error.code.name == code && "\(error)".contains(expected), "\(error)")
  }

  @Test func `a long condition is evaluated`() throws {
    let text = (0..<1000).map { "channel == \($0)" }.joined(separator: " or ")
    #expect(try table.rows(where: Condition(text)) == [0, 1, 2, 3])
  }
}
