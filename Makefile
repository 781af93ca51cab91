# make demo   the introductory example: installs what is missing, builds, simulates, draws
# make test   the same set-up, then every test
# make bench  how fast it is; GROUPS="networks stages" for some of the groups
# make bench-peers   the same networks in Spikeometric, NEST and Brian2, the same fit in NeMoS; it
#                    installs them
# make lint   the style that the repository keeps

DEMO ?= demo

.PHONY: demo test bench bench-peers lint setup clean

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

lint:
	swift format lint --strict --recursive Package.swift Sources Tests Examples Benchmarks

clean:
	rm -rf .build Examples/.build Benchmarks/.build "$(DEMO)"
