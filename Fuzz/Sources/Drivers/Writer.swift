/// A command that writes, with one seed or another.
struct Writer {
  let name: String
  /// `SEED` stands for the seed.
  let template: String
  /// Whether its files are one set, which appears whole or not at all.
  var isSet = false

  func command(seed: Int) -> String { template.replacing("SEED", with: "\(seed)") }

  /// What makes the inputs of the writers.
  static let inputs =
    [1, 2].flatMap { seed in
      [
        "generate normal --neurons 20 --count 2 --seed \(seed) --set std=1 --output networks\(seed)",
        "simulate --model BernoulliGLM --networks networks\(seed)/0.npy --steps 20000 --seed \(seed) "
          + "--output spikes\(seed).npz",
        "convert spikes\(seed).npz counts\(seed).npy",
      ]
    } + ["fit spikes1.npz --quiet --coupling none --ridge 1 --output fit.npz"]
  static let inputNames = [
    "networks1", "networks2", "spikes1.npz", "spikes2.npz", "counts1.npy", "counts2.npy", "fit.npz",
  ]
  private static let simulate =
    "simulate --model BernoulliGLM --networks networks1 --steps 5000 --seed SEED --quiet "

  static let all: [Writer] = [
    Writer(
      name: "generate",
      template: "generate normal --neurons 40 --count 3 --seed SEED --delays uniform --output out",
      isSet: true),
    Writer(name: "simulate npz", template: simulate + "--output out.npz"),
    Writer(name: "simulate npy", template: simulate + "--force --output out.npy"),
    Writer(
      name: "simulate checkpoint",
      template: simulate + "--output out.npz --checkpoint stop.npz --save-run run.json"),
    Writer(
      name: "tune",
      template:
        "tune --model BernoulliGLM --networks networks1 --target-rate 10 --parameters theta "
        + "--steps 2000 --maximum-steps 20000 --seed SEED --quiet --output out.json"),
    Writer(
      name: "fit",
      template: "fit spikesSEED.npz --quiet --coupling none --ridge 1 --output out.npz"),
    Writer(
      name: "check", template: "check fit.npz spikesSEED.npz --quiet --output out", isSet: true),
    Writer(
      name: "analyze",
      template:
        "analyze spikesSEED.npz --statistics rates,isi,psth --period 100 --quiet --output out",
      isSet: true),
    Writer(name: "convert events", template: "convert countsSEED.npy out.npz"),
    // Every such file has identifiers of its own.
    Writer(name: "convert units", template: "convert spikesSEED.npz out.nwb --force"),
    Writer(name: "convert counts", template: "convert spikesSEED.npz out.npy --force"),
    Writer(
      name: "convert network", template: "convert networksSEED/0.npy out.npy --scale 2 --force"),
    Writer(
      name: "recover",
      template: "recover --model BernoulliGLM --networks networks1/0.npy --steps 3000 --seed SEED "
        + "--quiet --output out", isSet: true),
    Writer(
      name: "intro",
      template: "intro --networks 2 --neurons 20 --steps 2000 --seed SEED --quiet --output out",
      isSet: true),
  ]
}
