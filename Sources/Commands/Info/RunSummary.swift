internal import Spiking

/// A run as `--save-run` describes it.
struct RunSummary: Summary {
  let file: String
  let kind = "run"
  let model: ValuesSummary
  /// The fit whose model it is.
  let fit: String?
  let networks: String
  let equilibration: Int
  let steps: Int
  /// The first bin that is not simulated.
  let bin: Int
  let seed: UInt64
  let checkpoint: String?
  let stimuli: [Stimulus]

  struct Stimulus: Encodable {
    let stimulus: ValuesSummary
    let targets: String
  }

  init(_ path: String) throws(SpikingError) {
    let run = try Run(contentsOf: path, catalogue: .current)
    file = path
    // The parameters of a fitted model are those of its file.
    model =
      run.fit == nil
      ? ValuesSummary(run.model, .model) : ValuesSummary(type: type(of: run.model).typeName, [])
    fit = run.fit
    networks = run.networks
    equilibration = run.equilibration
    steps = run.steps
    bin = run.bin
    seed = run.seed
    checkpoint = run.checkpoint
    stimuli = run.stimuli.map {
      Stimulus(stimulus: ValuesSummary($0.stimulus, .stimulus), targets: Self.text($0.targets))
    }
  }

  private static func text(_ targets: StimulusTargets) -> String {
    switch targets {
    case .all: "all neurons"
    case .everyNetwork(let neurons): "\(neurons.count) neurons of each network"
    case .perNetwork(let lists): "\(lists.joined().count) neurons of \(lists.count) networks"
    case .mask(let marks): "\(marks.count { $0 }) neurons of each network"
    case .masks(let masks): "\(masks.joined().count { $0 }) neurons of \(masks.count) networks"
    }
  }

  var lines: [String] {
    let place =
      switch bin {
      case steps: "complete"
      case ...(-equilibration): "not begun"
      default: "stopped at bin \(bin)"
      }
    var lines = [
      "\(file): run of \(model.type) on \(networks), \(equilibration) + \(steps) bins, "
        + "seed \(seed), \(place)" + (checkpoint.map { ", checkpoint \($0)" } ?? "")
    ]
    lines += model.lines(indent: "  ")
    for stimulus in stimuli {
      lines.append("  \(stimulus.stimulus.type) on \(stimulus.targets)")
      lines += stimulus.stimulus.lines(indent: "    ")
    }
    return lines
  }
}
