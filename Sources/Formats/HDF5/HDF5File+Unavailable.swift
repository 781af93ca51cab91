#if !HDF5
  internal import SpikingFiles
  internal import SpikingFramework

  /// What stands for an HDF5 file where the package was built without the trait HDF5: none is opened.
  struct HDF5File: ~Copyable, Sendable {
    enum Kind { case group, dataset, elsewhere }

    enum ValueKind { case integers, reals, texts, namedIntegers, other }

    struct Child: Sendable {
      let name: String
      let kind: Kind?
      let address: UInt64
    }

    struct Numbers<Element: Sendable>: Sendable {
      let values: [Element]
      let shape: [Int]
    }

    let path: String
    let limits: NWBFile.Limits
    private let nothing: Never

    init(_ path: String, limits: NWBFile.Limits = .init()) throws(SpikingError) {
      try InputFile.check(path)
      throw SpikingError(
        .unreadableFile, path,
        "cannot be read: swift-spiking was built without HDF5, which .nwb files need")
    }

    func kind(of object: String) throws(SpikingError) -> Kind? { switch nothing {} }
    func exists(_ object: String) throws(SpikingError) -> Bool { switch nothing {} }
    func children(of group: String) throws(SpikingError) -> [Child] { switch nothing {} }
    func number(_ name: String, of object: String) throws(SpikingError) -> Double? {
      switch nothing {}
    }
    func text(_ name: String, of object: String) throws(SpikingError) -> String? {
      switch nothing {}
    }
    func shape(of dataset: String) throws(SpikingError) -> [Int] { switch nothing {} }
    func reals(_ dataset: String) throws(SpikingError) -> Numbers<Double> { switch nothing {} }
    func integers(_ dataset: String) throws(SpikingError) -> Numbers<Int> { switch nothing {} }
    func valueKind(of dataset: String) throws(SpikingError) -> ValueKind { switch nothing {} }
    func texts(_ dataset: String) throws(SpikingError) -> [String] { switch nothing {} }
    func realColumn(_ dataset: String) throws(SpikingError) -> [Double] { switch nothing {} }
    func integerColumn(_ dataset: String) throws(SpikingError) -> [Int] { switch nothing {} }
    func failure(_ object: String, _ message: String) -> SpikingError { switch nothing {} }
    func failure(_ object: String, found: some Any, expected: String) -> SpikingError {
      switch nothing {}
    }
  }
#endif
