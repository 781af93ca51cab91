internal import SpikingFramework
internal import SpikingRecordings

extension DelimitedText {
  /// All columns: numbers where every cell is one or empty (NaN), texts otherwise. Without a header they are called `0`, `1`, ….
  ///
  /// - Throws: as `forEachRow`; `invalidData` where a name comes twice.
  /// - Complexity: O(bytes); where there are texts, the file is read twice.
  func columns() throws(SpikingError) -> [Column] {
    var numbers = firstCells.map { _ in [Double]() }
    var (hasWords, hasNumbers) = (Set<Int>(), Set<Int>())
    try forEachRow { (row) throws(SpikingError) in
      for column in numbers.indices where !hasWords.contains(column) {
        if let number = row.number(column) {
          numbers[column].append(number)
          hasNumbers.insert(column)
        } else if row.isEmpty(column) {
          numbers[column].append(.nan)
        } else {
          hasWords.insert(column)
          numbers[column] = []
        }
      }
    }
    let ofTexts = Set(numbers.indices).subtracting(hasNumbers).union(hasWords)
    let texts = try texts(ofColumns: ofTexts)
    let names = header ?? numbers.indices.map(String.init)
    return names.indices.map { column in
      Column(
        names[column],
        ofTexts.contains(column) ? .texts(texts[column] ?? []) : .numbers(numbers[column]))
    }
  }

  private func texts(ofColumns columns: Set<Int>) throws(SpikingError) -> [Int: [String]] {
    guard !columns.isEmpty else { return [:] }
    var texts: [Int: [String]] = [:]
    try forEachRow { (row) throws(SpikingError) in
      for column in columns { texts[column, default: []].append(row.text(column)) }
    }
    return texts
  }
}
