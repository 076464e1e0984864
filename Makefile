# SPDX-License-Identifier: MIT
# Targets for the common tasks; meson does the building.
#   make            build: build/dtrace, build/python, build/libdtrace.so
#   make demo       install what is missing, build, and trace this machine for some seconds
#   make check      install what is missing, build, run every test here
#   make lint       check the form of the sources: layout, floors, types (part of make check)
#   make docs       the manual, as plain pages in build/site
#   make check-vm   the same tests under Debian's 6.1 and 6.12 kernels (qemu)
#   make bench      ratios against hand-written BPF and bpftrace
#   make fuzz       random scripts and files against their readers (FUZZ_SECONDS=60 for each)
#   make fuzz-model random D programs against the models (FUZZ_PROGRAMS=20000)
#   make conformance   what D programs may use, with verdicts: doc/conformance.md
#   make kernels    what three kernels offer: doc/kernels.md
#   make soak       heavy mixed tracing; every event is accounted for (SOAK_SECONDS=600)
#   make install    the command, the library, its headers and manual pages, to PREFIX (/usr/local),
#                   below DESTDIR if that is set; `pip install .` installs the Python packages
PYTHON := /usr/bin/python3
BUILD := build
PREFIX ?= /usr/local
WERROR := $(if $(filter true,$(CI)),true,false)

.PHONY: all setup demo check lint docs check-vm bench conformance kernels install fuzz fuzz-model soak clean

all: $(BUILD)/build.ninja
	@ninja -C $(BUILD) --quiet

# Configures a new build directory; with CI=true warnings are errors.
$(BUILD)/build.ninja: | setup
	@meson setup $(BUILD) --prefix '$(PREFIX)' -Dwerror=$(WERROR)

setup:
	@tools/setup

demo: setup all
	@PYTHONPATH=$(BUILD)/python $(PYTHON) examples/demo.py

check:
	@tools/setup --lint --check
	@$(PYTHON) tools/check

docs: all
	@tools/setup --docs
	@$(PYTHON) tools/docs

lint: all
	@tools/setup --lint
	@tools/lint

check-vm:
	@tools/setup --vm
	@$(PYTHON) tools/check --vm

bench:
	@tools/setup --bench
	@$(PYTHON) bench/run

fuzz: setup all
	@tools/fuzz $${FUZZ_SECONDS:-60}

# Another seed each time, which the first line tells.
fuzz-model: setup all
	@seed=$${FUZZ_SEED:-$$(date +%s)}; echo "fuzz-model: seed $$seed"; \
		test/model/programs --count $${FUZZ_PROGRAMS:-20000} --seed $$seed && \
		test/model/strings --count $$(($${FUZZ_PROGRAMS:-20000} / 20)) --seed $$seed && \
		test/model/integers --count $${FUZZ_PROGRAMS:-20000} --seed $$seed

conformance: all
	@tools/setup --vm
	@tools/conformance

kernels: all
	@tools/setup --vm
	@tools/kernels

soak: setup all
	@test/soak/run $${SOAK_SECONDS:-600}

# The tree may have been configured for another prefix.  A relative DESTDIR is relative to this
# directory; meson would take it relative to the build directory.
install: all
	@grep -q '"name": "prefix", "value": "$(PREFIX)"' $(BUILD)/meson-info/intro-buildoptions.json || \
		meson configure $(BUILD) --prefix '$(PREFIX)'
	@ninja -C $(BUILD) --quiet
	@DESTDIR="$${DESTDIR:+$$(realpath -m "$$DESTDIR")}" \
		meson install -C $(BUILD) --no-rebuild --tags runtime,devel,man

clean:
	@rm -rf $(BUILD)
