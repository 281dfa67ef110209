# The house's short commands. `make` alone lists them.
.PHONY: help setup pages build demo test bench figures format lint clean
.DEFAULT_GOAL := help

help: ## Lists these commands
	@awk -F':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Installs what apt and npm lack
	@tools/setup/install.sh

pages: setup ## Builds the pages into assets/web/dist
	@if [ -f package.json ]; then npm run --silent build; fi

build: setup ## Builds the release into build/release
	@mkdir -p build
	@cmake --preset release >build/release.configure.log 2>&1 || { cat build/release.configure.log; exit 1; }
	@cmake --build --preset release -j $$(nproc)

demo: pages build ## Starts the whole show, with 24 tables talking
	@tools/demo.sh

test: ## Sets up, builds and runs every test
	@tools/test.sh

bench: pages build ## Measures and prints a table: all of it, or PARTS="quad cost"
	@cmake --build --preset release -j $$(nproc) --target benchmarks
	@node tools/bench/run.mjs $(PARTS)

figures: ## Writes docs/figures.md and its plots from the last measures
	@node tools/bench/figures.mjs

format: setup ## Lays out the C++ code, mends what ESLint can
	@node tools/house/format.mjs --write
	@npx --no-install eslint --fix assets/web tests/web

lint: build ## Checks layout, clang-tidy and the pages
	@node tools/house/format.mjs
	@node tools/house/tidy.mjs
	@npm run --silent check

clean: ## Removes everything that was built
	rm -rf build assets/web/dist
