# Fovea: every task of a checkout. `make` alone lists them.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

export DOTNET_CLI_TELEMETRY_OPTOUT := 1
export DOTNET_NOLOGO := 1

##@ Use

.PHONY: demo
demo: products ## Ask 20 questions with everything kept and by a keep plan, then change the policy live
	@scripts/demo.sh

.PHONY: run
run: products ## Start scheduler and executor with the demo checkpoint until Ctrl-C
	@scripts/run.sh

.PHONY: demo-fleet
demo-fleet: products ## Play a fleet on Redis: swap, failing canary, killed scheduler, killed Redis, all under load
	@scripts/demo-fleet.sh

.PHONY: bench
bench: products ## Time prefills, full against pruned, beside PyTorch on the same libtorch
	@scripts/bench.sh

##@ Build

.PHONY: setup
setup: ## Install what is missing (Debian 12; asks for sudo when needed)
	@scripts/setup.sh

.PHONY: native
native: setup ## Build the native library over libtorch and libvips
	@scripts/build-native.sh

.PHONY: build
build: native ## Build everything and leave the command line at bin/fovea
	@scripts/build.sh all

.PHONY: products
products: native ## Build scheduler, executor and command line only
	@scripts/build.sh products

.PHONY: clean
clean: ## Remove all build outputs
	@rm -rf build bin .fovea
	@find shared services tools tests -type d \( -name bin -o -name obj -o -name TestResults \) -prune -exec rm -rf {} +

##@ Check

.PHONY: test
test: build ## Run all tests
	@scripts/test.sh --no-build

.PHONY: faults
faults: build ## Break schedulers, executors and Redis under load, check every guarantee, and write docs/faults.md
	@scripts/faults.sh

.PHONY: format-check
format-check: ## Fail on files that the formatter or the shell would not accept
	@scripts/format-check.sh

.PHONY: k8s-check
k8s-check: native ## Render k8s/ and check it by the API's schemas and by the policy tests
	@scripts/k8s-check.sh

.PHONY: ci
ci: format-check test ## All that a change must pass

##@ Help

.PHONY: help
help: ## Show this list
	@awk 'BEGIN { FS = ":.*## "; print "Fovea serves multimodal models and drops vision tokens layer by layer.\n\nUsage: make <target>" } \
	  /^##@ / { printf "\n%s\n", substr($$0, 5) } \
	  /^[a-z0-9-]+:.*## / { printf "  %-14s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))
