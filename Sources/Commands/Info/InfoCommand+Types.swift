internal import Foundation
internal import Spiking

extension InfoCommand {
  /// The parameters of a type, and what else its file has.
  func describe(_ type: any Parameterized) {
    if let pair = type as? any StimulusPair {
      for (key, part) in [("first", pair.first), ("second", pair.second)] as [(_, any Stimulus)] {
        print("  \(key): a stimulus, by default \(Swift.type(of: part).typeName)")
      }
      return
    }
    for parameter in type.parameters {
      print("  \(parameter.name) = \(exact(parameter.value)), \(parameter.domain)")
    }
    for array in arrays(of: type) { print("  \(array.name): \(array.layout)") }
  }

  /// A model, a stimulus or a run in a file.
  func describeJSON(_ path: String) throws(SpikingError) {
    if Run.isRun(path) { return try describeRun(path) }
    let file = try ParameterFile(contentsOf: path)
    print("\(path): \(file.kind) \(file.typeName)")
    guard file.kind == .stimulus, let known = try? Catalogue.current.stimulus(file.typeName),
      known is any StimulusPair || !arrays(of: known).isEmpty
    else {
      for (name, value) in file.parameters.sorted(by: { $0.key < $1.key }) {
        print("  \(name) = \(exact(value))")
      }
      return
    }
    describeValues(try file.stimulus(among: Catalogue.current.stimuli).stimulus, indent: "  ")
  }

  private func describeRun(_ path: String) throws(SpikingError) {
    let run = try Run(
      contentsOf: path, models: Catalogue.current.models, stimuli: Catalogue.current.stimuli)
    let place =
      switch run.bin {
      case run.steps: "complete"
      case ...(-run.equilibration): "not begun"
      default: "stopped at bin \(run.bin)"
      }
    print(
      "\(path): run of \(type(of: run.model).typeName) on \(run.networks), "
        + "\(run.equilibration) + \(run.steps) bins, seed \(run.seed), \(place)"
        + (run.checkpoint.map { ", checkpoint \($0)" } ?? ""))
    describeValues(run.model, indent: "  ")
    for stimulus in run.stimuli {
      let targets =
        switch stimulus.targets {
        case .all: "all neurons"
        case .everyNetwork(let neurons): "\(neurons.count) neurons of each network"
        case .perNetwork(let lists): "\(lists.joined().count) neurons of \(lists.count) networks"
        case .mask(let marks): "\(marks.count { $0 }) neurons of each network"
        case .masks(let masks):
          "\(masks.joined().count { $0 }) neurons of \(masks.count) networks"
        }
      print("  \(type(of: stimulus.stimulus).typeName) on \(targets)")
      describeValues(stimulus.stimulus, indent: "    ")
    }
  }

  private func describeValues(_ value: any Parameterized, indent: String) {
    for parameter in value.parameters {
      print("\(indent)\(parameter.name) = \(exact(parameter.value))")
    }
    for array in arrays(of: value) where !array.values.isEmpty {
      print("\(indent)\(array.name): \(shapes(array))")
    }
    guard let pair = value as? any StimulusPair else { return }
    for (key, part) in [("first", pair.first), ("second", pair.second)] as [(_, any Stimulus)] {
      for array in arrays(of: part) { print("\(indent)\(key).\(array.name): \(shapes(array))") }
    }
  }

  private func arrays(of value: any Parameterized) -> [NamedArrays] {
    (value as? any Stimulus)?.arrays ?? []
  }

  /// "(3, 100), (4, 100)".
  private func shapes(_ arrays: NamedArrays) -> String {
    arrays.values.map { "\($0)" }.joined(separator: ", ")
  }

  /// All digits of a parameter, whole numbers without a point.
  private func exact(_ value: Double) -> String {
    Int64(exactly: value).map { "\($0)" } ?? (value == .infinity ? "infinity" : "\(value)")
  }

  func brief(_ value: Double) -> String {
    (value.isNaN ? .nan : value)
      .formatted(.number.precision(.significantDigits(1...4)).grouping(.never))
  }
}
