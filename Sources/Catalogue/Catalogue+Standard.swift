internal import SpikingAnalysis
internal import SpikingFitting
internal import SpikingFramework
internal import SpikingGenerators
internal import SpikingModels
internal import SpikingNonlinearities
internal import SpikingStimuli

extension Catalogue {
  /// The types of this package.
  public static let standard: Catalogue = {
    var catalogue = Catalogue()
    catalogue.models = [
      BernoulliGLM(), PoissonGLM(), RectifiedLNP(), RectifiedSAM(), ThresholdSAM(), Cascade(),
    ]
    catalogue.nonlinearities = [
      Exponential(), Softplus(), Rectifier(), Sigmoid(), ComplementaryLogLog(), Probit(), Power(),
      LogLinear(), Identity(), Threshold(),
    ]
    catalogue.emissions = [
      PoissonEmission(), BernoulliEmission(), NegativeBinomialEmission(), HazardEmission(),
    ]
    catalogue.filters = [
      ExponentialFilter(decayRate: 0.2, window: 25), LeakyIntegratorFilter(tau: 5),
      SynapticActivationFilter(tau: 5), AlphaFilter(tau: 5),
      DifferenceOfExponentialsFilter(riseTime: 1, decayTime: 5),
      RefractoryFilter(
        absoluteScale: 3, absoluteStrength: -100, relativeScale: 7, relativeStrength: -30,
        decayRate: 0.5), TapFilter(),
    ]
    catalogue.bases = [
      RaisedCosineLogBasis(count: 4, window: 20), RaisedCosineLinearBasis(count: 4, window: 20),
      RaisedCosineShiftedLogBasis(count: 4, window: 20), BSplineBasis(count: 4, window: 20),
      CyclicBSplineBasis(count: 4, window: 20), MSplineBasis(count: 4, window: 20),
      OrthogonalExponentialBasis(count: 4, window: 20), BoxcarBasis(count: 4, window: 20),
      IdentityBasis(window: 20),
    ]
    let regular = RegularStimulus(strength: 1, period: 100, duration: 10)
    catalogue.stimuli = [
      regular, PoissonStimulus(strength: 1, meanInterval: 100, duration: 10),
      SinusoidStimulus(amplitude: 1, period: 100), RampStimulus(to: 1, duration: 1000),
      WhiteNoiseStimulus(stdPerBin: 1),
      PulseTrainStimulus(times: [], strength: 1, duration: 10), LoadedStimulus(networks: []),
      FilteredStimulus(signal: [], filters: []), regular + regular, regular * regular,
    ]
    catalogue.generators = [
      NormalGenerator(neurons: 50), UniformGenerator(neurons: 50), MexicanHatGenerator(neurons: 50),
      ErdosRenyiGenerator(neurons: 50), FixedInDegreeGenerator(neurons: 50),
      FixedOutDegreeGenerator(neurons: 50), WattsStrogatzGenerator(neurons: 50),
      BarabasiAlbertGenerator(neurons: 50), BlockModelGenerator(neurons: 50),
      RingDistanceGenerator(neurons: 50), TorusDistanceGenerator(neurons: 49),
    ]
    catalogue.weights = [
      ConstantWeights(), UniformWeights(), NormalWeights(), LogNormalWeights(),
    ]
    catalogue.delays = [UniformDelays(), RingDistanceDelays(), TorusDistanceDelays()]
    let values = BSplineBasis(count: 4, window: 4).over(0...1)
    let lags = RaisedCosineLogBasis(count: 5, window: 20)
    catalogue.terms = [
      Baseline(), History(lags), Coupling(lags), StimulusTerm(""), Offset(""), Tuning([], [values]),
      Event("", lags), Category(""), Drift(values), Boxcar(), Product(),
    ]
    catalogue.statistics = [
      FiringRates(), IntervalAnalysis(), PeristimulusAnalysis(), FanoFactor(), CountCorrelation(),
      CountCovariance(), SpikeTimeTiling(), VanRossumDistance(), VictorPurpuraDistance(),
      ISIDistance(), SPIKEDistance(), SPIKESynchronization(), CrossCorrelogram(),
    ]
    catalogue.aliases = [
      "exp": "Exponential", "logistic": "Sigmoid", "cloglog": "ComplementaryLogLog",
      "rates": "FiringRates", "isi": "IntervalAnalysis", "psth": "PeristimulusAnalysis",
      "fano": "FanoFactor", "correlation": "CountCorrelation", "covariance": "CountCovariance",
      "sttc": "SpikeTimeTiling", "van-rossum": "VanRossumDistance",
      "victor-purpura": "VictorPurpuraDistance", "isi-distance": "ISIDistance",
      "spike-distance": "SPIKEDistance", "spike-sync": "SPIKESynchronization",
      "correlogram": "CrossCorrelogram",
    ]
    return catalogue
  }()
}
