# make demo   the introductory example: installs what is missing, builds, simulates, draws
# make test   the same set-up, then every test
# make bench  how fast it is; GROUPS="networks stages" for some of the groups
# make bench-peers   the same networks in Spikeometric, NEST and Brian2, the same fits in NeMoS; it
#                    installs them
# make fuzz   wrong files, signals and full disks for SECONDS=1800, readers with libFuzzer among them
# make fuzz-command   the same without libFuzzer, on the command that was built last
# make validate-nwb   written NWB files by PyNWB, nwbinspector and pynapple, which have to be there
# make lint   the style that the repository keeps

DEMO ?= demo
SECONDS ?= 1800

.PHONY: demo test bench bench-peers fuzz fuzz-command validate-nwb lint setup clean

setup:
	@Scripts/install-packages

demo: setup
	swift build --configuration release --product spiking
	swift run --skip-build --configuration release spiking intro --output "$(DEMO)"
	@echo "Pictures and data are in $(abspath $(DEMO))"

test: setup
	swift test --configuration release

bench: setup
	swift run --package-path Benchmarks --configuration release Benchmarks $(GROUPS)

bench-peers: setup
	swift build --configuration release --product spiking
	python3 Benchmarks/peers/compare.py .build/release/spiking
	python3 Benchmarks/peers/compare_fits.py .build/release/spiking
	python3 Benchmarks/peers/compare_long_filters.py .build/release/spiking
	python3 Benchmarks/peers/compare_encoding.py .build/release/spiking

fuzz: setup
	swift build --configuration release --product spiking
	Fuzz/run $(SECONDS) readers

fuzz-command:
	Fuzz/run $(SECONDS)

validate-nwb: setup
	swift build --configuration release --product spiking
	Scripts/validate-nwb

lint:
	swift format lint --strict --recursive Package.swift Sources Tests Examples Benchmarks \
	  Fuzz/Package.swift Fuzz/Sources

clean:
	rm -rf .build Examples/.build Benchmarks/.build Fuzz/.build Fuzz/Failures "$(DEMO)"
