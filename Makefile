# SPDX-License-Identifier: GPL-3.0-or-later
#
# A thin front over Meson: installs what is missing, then calls it. Everything here can be done
# by hand: meson setup build && meson compile -C build && meson test -C build

BUILD ?= build
PREFIX ?=
DEPENDENCIES ?= yes
ARGS ?=
OPTIONS ?=

need = $(if $(filter no,$(DEPENDENCIES)),,@tools/install-dependencies $(1))

.PHONY: build run test install docs flatpak screenshots bench deadlines format lint sanitize fuzz fuzz-load mutants pot \
  check-suite clean help
.DEFAULT_GOAL := build

build: ## Install what is missing, and build (BUILD=DIR, PREFIX=DIR, OPTIONS='MESON OPTION...')
	$(call need,build)
	@tools/configure $(BUILD) $(if $(PREFIX),--prefix=$(PREFIX)) $(OPTIONS)
	@meson compile -C $(BUILD)

run: ## Build the program, and start it with the starter set (HEADLESS=1: without a screen)
	$(call need,build)
	@tools/configure $(BUILD) $(if $(PREFIX),--prefix=$(PREFIX)) $(OPTIONS)
	@ninja -C $(BUILD) program
	@tools/run $(BUILD)

test: ## Install what is missing, build, and run every test (ARGS='NAME...' for some)
	$(call need,test)
	@tools/configure $(BUILD) $(if $(PREFIX),--prefix=$(PREFIX)) -Dintrospection=true $(OPTIONS)
	@meson compile -C $(BUILD)
	@tools/test $(BUILD) $(ARGS)

install: build ## Build, and install (PREFIX=DIR, DESTDIR=DIR)
	@meson install -C $(BUILD) --no-rebuild

docs: ## Build the engine's reference for other languages, into $(BUILD)-docs/src/introspection/zabumba
	$(call need,build docs)
	@tools/configure $(BUILD)-docs -Dintrospection=true -Ddocs=true
	@meson compile -C $(BUILD)-docs api-docs
	@echo "Open $(BUILD)-docs/src/introspection/zabumba/index.html"

flatpak: ## Build the Flatpak: a repository and one file to install (needs GNOME's runtime)
	$(call need,flatpak)
	@tools/flatpak $(BUILD)-flatpak

screenshots: build ## Take the pictures of docs/screenshots anew, in private sessions
	$(call need,test)
	@tools/screenshots $(BUILD)

bench: ## Measure against peers, in a release build of its own
	$(call need,bench headless)
	@tools/configure $(BUILD)-bench --buildtype=release -Dbench=true
	@meson compile -C $(BUILD)-bench
	@meson compile -C $(BUILD)-bench measure-resampler
	@meson compile -C $(BUILD)-bench measure-load
	@meson compile -C $(BUILD)-bench measure-window
	@meson compile -C $(BUILD)-bench measure-open
	@meson test -C $(BUILD)-bench --no-rebuild --benchmark --verbose mixer voices latency deadlines

deadlines: ## Count the deadlines missed in ten minutes at quantum 64, 128 and 256 while loads run
	$(call need,test bench)
	@tools/configure $(BUILD)-bench --buildtype=release -Dbench=true
	@meson compile -C $(BUILD)-bench
	@meson compile -C $(BUILD)-bench deadlines

format: ## Format the C files
	$(call need,lint)
	@tests/checks/format --fix

lint: ## Look for what the compilers do not see
	$(call need,test lint)
	@tests/checks/lint

fuzz: ## Fuzz what reads files of strangers with libFuzzer (ZAB_FUZZ_SECONDS=3600: an hour each)
	$(call need,test lint)
	@test -f $(BUILD)-fuzz/build.ninja || CC=clang meson setup $(BUILD)-fuzz \
	  -Dfuzz=true -Db_sanitize=address,undefined -Db_lundef=false
	@meson compile -C $(BUILD)-fuzz fuzz-set fuzz-bundle fuzz-journal
	@meson test -C $(BUILD)-fuzz --no-rebuild --suite fuzz --print-errorlogs

fuzz-load: build ## Load damaged sounds (ZAB_TEST_SECONDS=600 ZAB_TEST_SEED=1 ZAB_TEST_CORPUS=DIR)
	$(call need,test)
	@ZAB_TEST_TIMEOUT=999999 ZAB_TEST_SECONDS=$(or $(ZAB_TEST_SECONDS),600) \
	  G_TEST_SRCDIR=$(CURDIR)/tests G_TEST_BUILDDIR=$(BUILD)/tests \
	  ZAB_LOAD_WORKER=$(abspath $(BUILD))/src/worker/zabumba-load-worker \
	  nice -n 19 $(BUILD)/tests/engine/test-load-mutants

sanitize: ## Run the tests under the address, undefined behaviour and thread sanitizers
	$(call need,test lint)
	@tests/checks/sanitize

pot: build ## Write po/zabumba.pot, for translators, and bring the translations up to it
	@po/potfiles --fix
	@meson compile -C $(BUILD) zabumba-pot
	@meson compile -C $(BUILD) zabumba-update-po

check-suite: ## Build and test on another release of Debian, as root (SUITE=bookworm|trixie|sid)
	$(call need,suite)
	@tools/check-suite $(SUITE)

mutants: ## Break the audio thread's code on purpose, and see that the tests notice
	$(call need,test lint)
	@tests/checks/mutants $(ARGS)

clean: ## Remove the build directories and what `make run` left
	rm -rf $(BUILD) $(BUILD)-* run-output

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1\t/p' $(firstword $(MAKEFILE_LIST)) | expand -t 12
