import Spiking

/// What the machine can do at best, on one thread: memory, and the bare kernels of two stages.
func measureRoofline() async throws -> [Section] {
  var speeds: [Measurement] = []
  for (name, bytes) in [
    ("16 kB", 16 << 10), ("256 kB", 256 << 10), ("8 MB", 8 << 20), ("256 MB", 256 << 20),
  ] {
    speeds += [
      Measurement(name: name, value: await Bandwidth.reading(bytes) / 1e9, unit: "GB/s read"),
      Measurement(
        name: name, value: await Bandwidth.moving(bytes) / 1e9, unit: "GB/s moved by a copy"),
    ]
  }
  let limits = try await Limits.measure()
  return [
    Section(name: "roofline, memory", title: "Memory on one thread", measurements: speeds),
    Section(
      name: "roofline, kernels", title: "Kernels with everything in the first cache",
      measurements: [
        Measurement(
          name: "draw in which nobody fires", value: limits.draw * 1e9, unit: "ns a neuron"),
        Measurement(
          name: "addition of a dense row", value: limits.rowAddition * 1e9, unit: "ns an entry"),
        Measurement(
          name: "addition of a sparse row", value: limits.scatter * 1e9, unit: "ns a synapse"),
      ]),
  ]
}
