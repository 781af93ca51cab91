/// The version of this package, which every output names beside its seed.
public let spikingVersion = "0.11.0"
