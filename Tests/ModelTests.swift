import Spiking
import SpikingTestSupport
import Testing

@Suite struct ModelTests {
  @Test func `every model keeps its promises`() {
    #expect(problems(with: BernoulliGLM()) == [])
    var fine = BernoulliGLM()
    fine.dt = 0.25
    fine.theta = 3
    #expect(problems(with: fine) == [])
    #expect(problems(with: PoissonGLM()) == [])
  }
}
