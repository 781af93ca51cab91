internal import ArgumentParser
internal import Foundation
internal import Spiking

extension CatalogueKind {
  /// "a model".
  var phrase: String {
    switch self {
    case .weights, .delays: rawValue
    case .emission: "an \(rawValue)"
    default: "a \(rawValue)"
    }
  }
}

extension InfoCommand {
  /// All types by kind, each with its parameters, their defaults and what they may be.
  func listTypes() {
    for kind in CatalogueKind.allCases {
      print("\(kind.rawValue):")
      for (name, type) in zip(Catalogue.current.names(kind), Catalogue.current[kind]) {
        let parameters = type.parameters.map {
          "\($0.name) = \(exact($0.value)) (\($0.domain))"
        }
        print("  \(name)\(parameters.isEmpty ? "" : ": " + parameters.joined(separator: ", "))")
      }
    }
    print("subcommand:")
    for command in SpikingCommand.configuration.subcommands {
      print("  \(command.configuration.commandName ?? ""): \(command.configuration.abstract)")
    }
  }

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
    describeValues(try file.stimulus(in: .current).stimulus, indent: "  ")
  }

  private func describeRun(_ path: String) throws(SpikingError) {
    let run = try Run(contentsOf: path, catalogue: .current)
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
    if run.fit == nil { describeValues(run.model, indent: "  ") }
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

  func describeValues(_ value: any Parameterized, indent: String) {
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
