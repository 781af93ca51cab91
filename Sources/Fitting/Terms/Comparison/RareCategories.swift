internal import SpikingFramework

extension Design {
  /// A line for each category that one fold alone has: the fits that predict it know nothing of the category, whose weight is
  /// then 0, or undetermined beside the baseline.
  func rareCategories(in recording: BinnedRecording, folds: [EvaluatedBins]) -> [String] {
    parts.flatMap { part in
      Self.categories(of: part.term).flatMap { category -> [String] in
        // That of a recorded column cannot be wrong: its term was read before.
        guard let recorded = try? recording.categories(category.of, levels: category.levels) else {
          return []
        }
        var holders = [Set<Int>](repeating: [], count: recorded.levels.count)
        for (fold, bins) in folds.enumerated() {
          for range in bins.ranges {
            for case let level? in recorded.ofBins[range] { holders[level].insert(fold) }
          }
        }
        return zip(recorded.levels, holders).compactMap { level, holders in
          guard holders.count == 1, let fold = holders.first else { return nil }
          return
            "\(category.of): category \(level.debugDescription) in fold \(fold) alone, which is predicted "
            + "without knowledge of it"
        }
      }
    }
  }

  private static func categories(of term: any Term) -> [Category] {
    switch term {
    case let category as Category: [category]
    case let product as Product: product.of.flatMap(categories)
    default: []
    }
  }
}
