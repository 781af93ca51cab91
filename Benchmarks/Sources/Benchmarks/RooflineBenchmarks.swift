/// The limits as a table.
func measureRoofline() async throws -> Section {
  let limits = try await Limits.measure()
  var results: [Measurement] = []
  for (name, bytes) in [
    ("16 kB", 16 << 10), ("256 kB", 256 << 10), ("8 MB", 8 << 20), ("256 MB", 256 << 20),
  ] {
    results += [
      Measurement(
        name: "reading \(name)", value: await Bandwidth.reading(bytes) / 1e9, unit: "GB/s"),
      Measurement(
        name: "copying within \(name)", value: await Bandwidth.moving(bytes) / 1e9,
        unit: "GB/s moved"),
    ]
  }
  results += [
    Measurement(
      name: "draw in which nobody fires", value: limits.draw * 1e9, unit: "ns a neuron"),
    Measurement(
      name: "addition of a dense row", value: limits.rowAddition * 1e9, unit: "ns an entry"),
    Measurement(
      name: "addition of a sparse row", value: limits.scatter * 1e9, unit: "ns a synapse"),
  ]
  return Section(
    name: "roofline", title: "What the machine can do at best, on one thread",
    measurements: results)
}
