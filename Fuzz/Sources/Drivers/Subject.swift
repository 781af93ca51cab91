/// A reader of files, the commands that use it, and how its files are changed.
struct Subject: Sendable {
  /// The name of its folder in `Fuzz/Corpus`.
  let reader: String
  /// The name under which a command sees its input.
  let input: String
  /// The words of the commands; those that begin with `@` are files of `Fixtures`.
  let commands: [String]
  let change: @Sendable (_ bytes: inout [UInt8], _ other: [UInt8], _ random: inout Random) -> Void
  /// Which of the fixtures are valid inputs of it, beside those in the folder.
  var valid: [String] = []

  static let all: [Subject] = [
    Subject(
      reader: "network-npy", input: "in.npy",
      commands: [
        "info in.npy", "convert in.npy out.npy --scale 2",
        "simulate --model BernoulliGLM --networks in.npy --steps 20 --seed 1 --output out.npz",
      ], change: NumPyMutations.change, valid: ["networks/0.npy"]),
    Subject(
      reader: "network-npz", input: "in.npz",
      commands: [
        "info in.npz", "convert in.npz out.npy --array w",
        "simulate --model PoissonGLM --networks in.npz --steps 20 --seed 1 --output out.npy",
      ], change: ZipMutations.change),
    Subject(
      reader: "network-text", input: "in.csv",
      commands: [
        "info in.csv", "convert in.csv out.npy",
        "simulate --model BernoulliGLM --networks in.csv --steps 20 --seed 1 --output out.npz",
      ], change: TextMutations.change),
    Subject(
      reader: "network-sparse", input: "in.npz",
      commands: [
        "info in.npz", "convert in.npz out.graphml",
        "simulate --model BernoulliGLM --networks in.npz --steps 20 --seed 1 --output out.npz",
      ], change: ZipMutations.change),
    Subject(
      reader: "network-pt", input: "in.pt",
      commands: [
        "info in.pt", "convert in.pt out.npz",
        "simulate --model BernoulliGLM --networks in.pt --steps 20 --seed 1 --output out.npz",
      ], change: ZipMutations.change),
    Subject(
      reader: "network-graphml", input: "in.graphml",
      commands: ["info in.graphml", "convert in.graphml out.csv"], change: TextMutations.change),
    Subject(
      reader: "network-table", input: "in.csv",
      commands: ["info in.csv", "convert in.csv out.graphml", "convert in.csv out.tsv --matrix"],
      change: TextMutations.change),
    Subject(
      reader: "labels", input: "in.txt",
      commands: ["convert @networks/0.npy out.npy --labels in.txt --inhibitory n*"],
      change: TextMutations.change),
    Subject(
      reader: "delays", input: "in.npy",
      commands: [
        "simulate --model BernoulliGLM --networks @networks/0.npy --delays in.npy --steps 20 --seed 1 "
          + "--output out.npz"
      ], change: NumPyMutations.change, valid: ["networks/delays/0.npy"]),
    Subject(
      reader: "counts", input: "in.npy",
      commands: [
        "info in.npy", "analyze in.npy --no-figures --output out", "convert in.npy out.npz",
        "fit in.npy --quiet --history raised-cosine-log:3:10 --coupling none --output fit.npz",
      ], change: NumPyMutations.change, valid: ["counts.npy"]),
    Subject(
      reader: "events", input: "in.npz",
      commands: [
        "info in.npz", "analyze in.npz --no-figures --output out", "convert in.npz out.npy",
        "convert in.npz out.npz", "check @fit.npz in.npz --no-figures --output out",
        "fit in.npz --quiet --history raised-cosine-log:3:10 --coupling none --output fit.npz",
      ], change: ZipMutations.change, valid: ["spikes.npz"]),
    Subject(
      reader: "times", input: "in.npz",
      commands: [
        "info in.npz", "analyze in.npz --no-figures --output out", "convert in.npz out.npz",
        "fit in.npz --bin 1 --quiet --history none --coupling none --output fit.npz",
      ], change: ZipMutations.change),
    Subject(
      reader: "session", input: "in.npz",
      commands: [
        "info in.npz", "convert in.npz out.nwb", "convert in.npz out.csv",
        "analyze in.npz --trials trials --no-figures --output out",
      ], change: ZipMutations.change),
    Subject(
      reader: "spike-table", input: "in.csv",
      commands: [
        "info in.csv --time-unit ms", "convert in.csv out.npz --time-unit s",
        "analyze in.csv --no-figures --output out",
      ], change: TextMutations.change),
    Subject(
      reader: "session-table", input: "in.csv",
      commands: [
        "info @spikes.npz --table in.csv --time-unit ms",
        "fit @spikes.npz --quiet --history none --coupling none --stimulus in.csv --output fit.npz",
        "analyze @spikes.npz --table in.csv --trials in --no-figures --output out",
      ], change: TextMutations.change),
    Subject(
      reader: "checkpoint", input: "in.npz",
      commands: [
        "info in.npz",
        "simulate --model BernoulliGLM --networks @networks/0.npy --steps 320 --resume in.npz "
          + "--output out.npz",
      ], change: ZipMutations.change, valid: ["checkpoint.npz"]),
    Subject(
      reader: "fit", input: "in.npz",
      commands: [
        "info in.npz", "check in.npz @spikes.npz --no-figures --output out",
      ], change: ZipMutations.change, valid: ["fit.npz"]),
    Subject(
      reader: "array", input: "in.npy",
      commands: [
        "fit @spikes.npz --quiet --history none --coupling none --mask in.npy --output fit.npz",
        "fit @spikes.npz --quiet --history none --coupling none --trials in.npy --output fit.npz",
        "fit @spikes.npz --quiet --history none --coupling none --stimulus in.npy --output fit.npz",
        "fit @spikes.npz --quiet --history none --coupling none --offset in.npy --output fit.npz",
        "fit @spikes.npz --quiet --history none --coupling identity:1 --signs in.npy --output fit.npz",
        "simulate --model BernoulliGLM --networks @networks/0.npy --stimulus @masked.json --steps 20 "
          + "--seed 1 --output out.npz",
      ], change: NumPyMutations.change),
    Subject(
      reader: "model", input: "in.json",
      commands: [
        "info in.json",
        "simulate --model in.json --networks @networks/0.npy --steps 20 --seed 1 --output out.npz",
      ], change: TextMutations.change),
    Subject(
      reader: "stimulus", input: "in.json",
      commands: [
        "info in.json",
        "simulate --model BernoulliGLM --networks @networks/0.npy --stimulus in.json --steps 20 "
          + "--seed 1 --output out.npz",
      ], change: TextMutations.change),
    Subject(
      reader: "run", input: "in.json",
      commands: ["info in.json", "simulate --run in.json --steps 20 --output out.npz"],
      change: TextMutations.change, valid: ["run.json"]),
    Subject(
      reader: "design", input: "in.json",
      commands: [
        "info in.json", "fit @spikes.npz --quiet --design in.json --ridge 1 --output fit.npz",
      ], change: TextMutations.change, valid: ["design.json"]),
    Subject(
      reader: "nwb", input: "in.nwb",
      commands: [
        "info in.nwb", "analyze in.nwb --no-figures --output out", "convert in.nwb out.npz",
        "fit in.nwb --bin 1 --quiet --history none --coupling none --stimulus in.nwb:position "
          + "--output fit.npz",
      ], change: ByteMutations.change),
    Subject(
      reader: "matlab", input: "in.mat",
      commands: [
        "info in.mat", "convert in.mat out.npz",
        "simulate --model BernoulliGLM --networks in.mat --array weights --steps 20 --seed 1 "
          + "--output out.npz",
      ], change: ByteMutations.change),
  ]
}
