.PHONY: help run test full bench bench-compile conformance clean

help:            ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## */\t/' | expand -t 16

run:             ## set up, start a private PostgreSQL if DATABASE_URL is unset, migrate, serve on http://127.0.0.1:3000
	@bash scripts/run.sh

test:            ## set up and run every test
	@bash scripts/test.sh

full: test       ## what is slow: sanitizers, schemathesis, the corpus, long fuzzing
	@bash scripts/full.sh

bench:           ## the ratios against nginx, pgbench and Foundation, measured in one run
	@bash scripts/bench.sh

conformance:     ## JSON-Schema-Test-Suite through the engine and through generated code, passed/total per file
	@bash scripts/conformance.sh

bench-compile:   ## what generated code costs to make and to compile: stripe, openai, datadog, the platform's document
	@bash scripts/bench-compile.sh

clean:           ## remove build products; the data under .local/ stays
	rm -rf .build
