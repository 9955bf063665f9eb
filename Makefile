# make run answers for this host, make test passes all tests; both install what is missing first.

PREFIX ?= /usr/local
DESTDIR ?=
SHARE = $(DESTDIR)$(PREFIX)/share/tcpadvisor
MAN = $(DESTDIR)$(PREFIX)/share/man
BASH_COMPLETION = $(DESTDIR)$(PREFIX)/share/bash-completion/completions/tcpadvisor
ZSH_COMPLETION = $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_tcpadvisor
FISH_COMPLETION = $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/tcpadvisor.fish
UNITS = $(DESTDIR)$(PREFIX)/lib/systemd/system
SWIFT ?= swift
BINARY = .build/release/tcpadvisor
# Stripped, and with the archives of all libraries but glibc's, where there are some: hosts need not
# have these libraries, and loading the shared ones takes a third of the start-up time.
LINK = --static-swift-stdlib -Xlinker -s -Xswiftc -Xclang-linker -Xswiftc -static-libgcc
ARCHIVES = $(CURDIR)/.build/archives
# No symbols for plug-ins, of which there are none: what linkers do unless they are told otherwise.
LINK += -Xlinker --no-export-dynamic
# Libraries are not looked for beside the binary: root would load what others have put there.
LINK += --disable-local-rpath
SUDO = $(shell [ "$$(id -u)" -eq 0 ] || command -v sudo)

.DEFAULT_GOAL := help
.PHONY: run build test check fuzz faults lint sanitize sanitize-address sanitize-thread bench kernels \
  install uninstall clean help archives dependencies test-dependencies test-peers \
  peer-dependencies kernel-dependencies static distribution deb rpm \
  test-packages test-reproducible release-record

run: build ## build, and report on this host
	$(BINARY) advise

# Bytes do not depend on the folder in which it is built.
SAME_BYTES = -Xswiftc -file-prefix-map -Xswiftc $(CURDIR)=/tcpadvisor \
  -Xcc -ffile-prefix-map=$(CURDIR)=/tcpadvisor -Xlinker -s -Xlinker --build-id=none
# What the compiler notes of modules for itself, which no program reads, does: it is overwritten, as
# removing it would take the segment along that is read-only once the program runs (PT_GNU_RELRO).
define overwrite_notes
size=$$(readelf -SW $(1) | sed -n 's/.*\.swift_modhash *PROGBITS *[0-9a-f]* *[0-9a-f]* *\([0-9a-f]*\) .*/\1/p'); \
	if [ -n "$$size" ]; then \
	  head -c $$((0x$$size)) /dev/zero > $(1).zeros && \
	  objcopy --update-section .swift_modhash=$(1).zeros $(1) && rm $(1).zeros; \
	fi
endef

# Needs no library of the host, whatever its C library; names are asked for by the host's getent.
STATIC = .build/static/release/tcpadvisor
STATIC_LINK = --static-swift-stdlib -Xswiftc -static-executable --disable-local-rpath $(SAME_BYTES)

static: dependencies archives ## build a binary that runs on any Linux, .build/static/release/tcpadvisor
	PKG_CONFIG_PATH=$(ARCHIVES):$$PKG_CONFIG_PATH \
	  $(SWIFT) build -c release --product tcpadvisor --scratch-path .build/static $(STATIC_LINK)
	$(call overwrite_notes,$(STATIC))

# As distributions build: libraries of the system, and what hardens a program.
DISTRIBUTION_LINK = --static-swift-stdlib --disable-local-rpath -Xlinker -z -Xlinker relro \
  -Xlinker -z -Xlinker now -Xlinker --no-export-dynamic -Xcc -fstack-protector-strong \
  -Xcc -D_FORTIFY_SOURCE=2 $(SAME_BYTES)

distribution: dependencies
	$(SWIFT) build -c release --product tcpadvisor $(DISTRIBUTION_LINK)
	$(call overwrite_notes,$(BINARY))

VERSION = $(shell sed -n 's/.*version = "\(.*\)"/\1/p' Sources/Reports/Version.swift)
# What a package is built from, in a folder of its own: debian/ may not stand beside the sources.
SOURCES = Benchmarks CHANGELOG.md LICENSE Makefile Package.swift Packaging Profiles README.md Sources Tests

define stage
	rm -rf $(1); mkdir -p $(1)/tcpadvisor-$(VERSION)/.build
	cp -a $(SOURCES) $(1)/tcpadvisor-$(VERSION)
	for kept in checkouts repositories workspace-state.json; do \
	  [ ! -e .build/$$kept ] || cp -a .build/$$kept $(1)/tcpadvisor-$(VERSION)/.build; \
	done
endef

deb: ## build a Debian package, .build/deb/tcpadvisor_*.deb
	@command -v dpkg-buildpackage >/dev/null && command -v dh >/dev/null || ($(call install_packages,dpkg-dev debhelper))
	$(call stage,.build/deb)
	cp -a Packaging/debian .build/deb/tcpadvisor-$(VERSION)/debian
	cd .build/deb/tcpadvisor-$(VERSION) && dpkg-buildpackage -b -us -uc

rpm: ## build an RPM package below .build/rpm/RPMS
	@command -v rpmbuild >/dev/null || ($(call install_packages,rpm))
	$(call stage,.build/rpm)
	mkdir -p .build/rpm/SOURCES
	tar -C .build/rpm -czf .build/rpm/SOURCES/tcpadvisor-$(VERSION).tar.gz tcpadvisor-$(VERSION)
	rpmbuild -bb --nodeps --define "_topdir $(CURDIR)/.build/rpm" Packaging/rpm/tcpadvisor.spec

# Twice from the beginning, in folders of different depth.
test-reproducible: ## build the static binary and the Debian package in two folders, and compare
	$(call stage,.build/twice/one)
	$(call stage,.build/twice/other/deeper)
	set -e; for folder in one other/deeper; do \
	  $(MAKE) -C .build/twice/$$folder/tcpadvisor-$(VERSION) static deb; \
	done; \
	cd .build/twice; for file in $(STATIC) .build/deb/tcpadvisor_$(VERSION)_*.deb; do \
	  name=$$(cd one/tcpadvisor-$(VERSION) && ls $$file); \
	  cmp one/tcpadvisor-$(VERSION)/$$name other/deeper/tcpadvisor-$(VERSION)/$$name; \
	done; echo "both are the same, byte by byte"

# In fresh systems, which debootstrap makes; as root.
test-packages: static deb rpm ## try the packages and the static binary in fresh systems
	@command -v debootstrap >/dev/null && command -v lintian >/dev/null && command -v rpmlint >/dev/null || \
	  ($(call install_packages,debootstrap lintian rpmlint busybox-static))
	Tests/packages static $(CURDIR)/$(STATIC) bullseye bookworm trixie
	Tests/packages deb $(CURDIR)/.build/deb/tcpadvisor_$(VERSION)_*.deb bookworm trixie
	Tests/packages rpm .build/rpm/RPMS/*/tcpadvisor-$(VERSION)-*.rpm

# Once its lines in CHANGELOG.md and its version are written, and before it has a tag.
release-record: ## renew what Tests/CommandLineTests/Released says that the last release promised
	@! git rev-parse --quiet --verify refs/tags/v$(VERSION) >/dev/null 2>&1 || { \
	  echo "v$(VERSION) is released: its record stays as it is" >&2; exit 2; }
	$(SWIFT) build --build-tests
	RECORD_RELEASE=1 $(SWIFT) test --skip-build --filter PromiseTests

build: dependencies archives ## build the release binary, .build/release/tcpadvisor
	PKG_CONFIG_PATH=$(ARCHIVES):$$PKG_CONFIG_PATH \
	  $(SWIFT) build -c release --product tcpadvisor $(LINK)

# Those of the command line run the release binary.
RUN_TESTS = env TCPADVISOR_BINARY=$(CURDIR)/$(BINARY) $(SWIFT) test --skip-build
# Those that do something with the machine, once more where rights are missing.
RUN_CONFINED = $(RUN_TESTS) --filter '^(LinuxTests|ProbesTests|LaboratoryTests|CommandLineTests)' \
  --skip 'Hostile|PromiseTests|StreamTests'

test: build test-dependencies ## run all tests
	$(SWIFT) build --build-tests
	Tests/run $(RUN_TESTS)

test-peers: build test-dependencies peer-dependencies ## test what is emitted with the programs that it is for
	$(SWIFT) build --build-tests
	Tests/run $(RUN_TESTS) --filter 'EmitHostTests|EmitContainerTests|EmitLanguageTests|EmittedProgramTests|EmitRolloutTests|LintedProgramTests|MonitoringTests|PageTests|ManualTests'

check: build test-dependencies peer-dependencies ## build with the fences, lint, test, fuzz a little
	TCPADVISOR_STRICT=1 $(SWIFT) build --build-tests --explicit-target-dependency-import-check error
	$(MAKE) lint
	TCPADVISOR_STRICT=1 Tests/run $(RUN_TESTS)
	@if Tests/confined true 2>/dev/null; then \
	  echo "once more where rights are missing"; \
	  TCPADVISOR_STRICT=1 Tests/run Tests/confined $(RUN_CONFINED); \
	else \
	  echo "rights are missing here: no place with fewer can be made"; \
	fi
	$(MAKE) fuzz SECONDS=120 SEED=1

# A debug build with each, in folders of their own; either can run alone. C is watched by
# UndefinedBehaviorSanitizer as well, whose run time AddressSanitizer's brings along. Left out are tests
# that refuse system calls to the program, list them or its descriptors, or time it: they would see the
# sanitizer's.
UNWATCHED = ConfinementTests|FaultTests|StreamTests|ProbeSessionTests|within the budget|budget is over|ends the search soon|that is not there|nothing is left open
UNDEFINED = -Xcc -fsanitize=undefined -Xcc -fno-sanitize-recover=undefined
watched = $(SWIFT) build --build-tests --sanitize $(1) --scratch-path .build/$(1)
sanitized = env TCPADVISOR_BINARY=$(CURDIR)/.build/$(1)/debug/tcpadvisor $(SWIFT) test --skip-build \
  --sanitize $(1) --scratch-path .build/$(1) --skip '$(UNWATCHED)'

sanitize: sanitize-address sanitize-thread ## run the tests under sanitizers of addresses, C and threads

sanitize-address: dependencies test-dependencies
	$(call watched,address) $(UNDEFINED)
	Tests/run $(call sanitized,address)

sanitize-thread: dependencies test-dependencies
	$(call watched,thread)
	Tests/run $(call sanitized,thread)

# As it ships, but for counters on its branches. LLVM's linker takes libFuzzer without its own main. With
# a SEED other than 0 it counts inputs, not seconds, so that a slower machine tries no less.
SECONDS ?= 600
SEED ?= 0
FUZZER = .build/fuzz/release/fuzzer

fuzz: dependencies ## try damaged inputs on everything that reads any, for SECONDS=600 in all
	TCPADVISOR_FUZZER=1 $(SWIFT) build -c release --product fuzzer --scratch-path .build/fuzz \
	  -Xswiftc -sanitize=fuzzer -Xswiftc -use-ld=lld
	SEED=$(SEED) Tests/fuzz $(FUZZER) Tests/Corpus .build/fuzz/found $(SECONDS)

faults: build test-dependencies ## let every system call of each command fail, kill commands at a thousand moments
	$(SWIFT) build --build-tests
	TCPADVISOR_FAULTS=all Tests/run $(RUN_TESTS) --filter 'FaultTests|KillTests'

lint: ## check the formatting
	$(SWIFT) format lint --strict --recursive --parallel Sources Tests Package.swift

bench: build ## measure speed, memory and size as ratios to peers
	Benchmarks/run $(BINARY)

# Suites of Debian and kernel series, of which the newest for cloud machines is taken.
KERNELS ?= bullseye/5.10 bookworm/6.1 trixie/6.12 trixie-backports/6.18 trixie-backports/6.19 \
  trixie-backports/7.3

kernels: build kernel-dependencies ## run the grid on other kernels, in emulated machines
	Tests/Kernels/run $(BINARY) Tests/CommandLineTests/Fixtures/grid.yaml $(CURDIR)/.build/kernels \
	  $(KERNELS)

install: ## copy the binary, its manual and completions, profiles, schemas, what watches hosts
	@[ -x $(BINARY) ] || { echo "$(BINARY) is not there: run 'make build' first" >&2; exit 2; }
	install -D -m 0755 $(BINARY) $(DESTDIR)$(PREFIX)/bin/tcpadvisor
	install -d $(SHARE)/profiles/catalogue $(SHARE)/schemas
	install -m 0644 Profiles/*.yaml $(SHARE)/profiles
	install -m 0644 Profiles/catalogue/*.yaml $(SHARE)/profiles/catalogue
	@set -e; umask 022; for name in $$($(BINARY) schema | awk '{ print $$1 }'); do \
	  $(BINARY) schema $$name > $(SHARE)/schemas/$$name.json; \
	done
	@set -e; umask 022; pages=$$(mktemp -d); trap 'rm -r "$$pages"' EXIT; \
	$(BINARY) manual --output-dir "$$pages"; \
	for page in "$$pages"/*; do install -D -m 0644 -t "$(MAN)/man$${page##*.}" "$$page"; done
	@set -e; umask 022; for shell in bash zsh fish; do \
	  case $$shell in \
	    bash) file=$(BASH_COMPLETION) ;; zsh) file=$(ZSH_COMPLETION) ;; fish) file=$(FISH_COMPLETION) ;; \
	  esac; \
	  install -d "$$(dirname "$$file")"; \
	  $(BINARY) --generate-completion-script $$shell > "$$file"; \
	done
	install -D -m 0644 -t $(SHARE)/prometheus Packaging/prometheus/*
	install -D -m 0644 -t $(SHARE)/grafana Packaging/grafana/*
	install -D -m 0755 -t $(SHARE)/puppet/facts.d Packaging/puppet/facts.d/*
	install -D -m 0644 -t $(SHARE)/salt/_grains Packaging/salt/_grains/*
	install -D -m 0644 -t $(UNITS) Packaging/systemd/*
	sed -i 's,/usr/bin/tcpadvisor,$(PREFIX)/bin/tcpadvisor,' $(UNITS)/tcpadvisor-check.service

uninstall: ## remove them from there
	rm -f $(DESTDIR)$(PREFIX)/bin/tcpadvisor $(patsubst Packaging/systemd/%,$(UNITS)/%,$(wildcard Packaging/systemd/*))
	rm -rf $(SHARE)
	rm -f $(BASH_COMPLETION) $(ZSH_COMPLETION) $(FISH_COMPLETION)
	rm -f $(MAN)/man?/tcpadvisor.? $(MAN)/man?/tcpadvisor-*.?

clean: ## remove what was built
	rm -rf .build

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

# libyaml's headers and pkg-config are all that Swift and a C compiler do not bring along.
dependencies:
	@if ! command -v pkg-config >/dev/null || ! pkg-config --exists yaml-0.1; then \
	  $(call install_packages,libyaml-dev pkg-config); \
	fi

# A folder with archives alone, which libyaml's pkg-config file makes the first to be searched.
archives: dependencies
	@mkdir -p $(ARCHIVES); \
	for library in libstdc++.a libyaml.a; do \
	  path=$$($(CC) -print-file-name=$$library); \
	  [ ! -f "$$path" ] || ln -sf "$$path" $(ARCHIVES)/$$library; \
	done; \
	sed 's,^Libs:,& -L$(ARCHIVES),' "$$(pkg-config --variable=pcfiledir yaml-0.1)/yaml-0.1.pc" \
	  > $(ARCHIVES)/yaml-0.1.pc

# Peers that some tests compare with; where they cannot be installed these tests say so and skip.
# Servers whose sockets are read only where installing them starts none: policy-rc.d says 101 there,
# as in containers.
test-dependencies:
	@missing=; \
	command -v sysctl >/dev/null || missing="$$missing procps"; \
	command -v setpriv >/dev/null || missing="$$missing util-linux"; \
	command -v nmap >/dev/null || missing="$$missing nmap"; \
	command -v strace >/dev/null || missing="$$missing strace"; \
	command -v xmllint >/dev/null || missing="$$missing libxml2-utils"; \
	command -v nft >/dev/null || [ -x /usr/sbin/nft ] || missing="$$missing nftables"; \
	for python in python3 /usr/bin/python3; do \
	  $$python -c 'import jsonschema, yaml' 2>/dev/null && break; false; \
	done || missing="$$missing python3-jsonschema python3-yaml"; \
	if [ -n "$$missing" ]; then ($(call install_packages,$$missing)) || true; fi; \
	Tests/schemas $(CURDIR)/.build/validators; \
	missing=; \
	/usr/sbin/policy-rc.d nginx start >/dev/null 2>&1; \
	if [ $$? -eq 101 ]; then \
	  PATH=$$PATH:/usr/sbin; \
	  command -v curl >/dev/null || missing="$$missing curl"; \
	  command -v haproxy >/dev/null || missing="$$missing haproxy"; \
	  command -v memcached >/dev/null || missing="$$missing memcached"; \
	  command -v nginx >/dev/null || missing="$$missing nginx"; \
	  command -v promtool >/dev/null || missing="$$missing prometheus"; \
	  command -v redis-server >/dev/null || missing="$$missing redis-server"; \
	  command -v sshd >/dev/null || missing="$$missing openssh-server"; \
	  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$$missing postgresql"; \
	fi; \
	if [ -n "$$missing" ]; then ($(call install_packages,$$missing)) || true; fi

# Programs that what is emitted is for; a test whose program is missing says so and skips it.
peer-dependencies:
	@missing=; \
	command -v ansible-playbook >/dev/null || missing="$$missing ansible"; \
	command -v chromedriver >/dev/null || missing="$$missing chromium chromium-driver"; \
	command -v cmark-gfm >/dev/null || missing="$$missing cmark-gfm"; \
	command -v fish >/dev/null || missing="$$missing fish"; \
	command -v mandoc >/dev/null || missing="$$missing mandoc"; \
	command -v zsh >/dev/null || missing="$$missing zsh"; \
	command -v docker-compose >/dev/null || missing="$$missing docker-compose"; \
	command -v ignition-validate >/dev/null || missing="$$missing ignition"; \
	ls -d /usr/share/cargo/registry/socket2-* >/dev/null 2>&1 || ! command -v cargo >/dev/null || \
	  missing="$$missing librust-socket2-dev"; \
	[ -f /usr/include/asio.hpp ] || missing="$$missing g++ libasio-dev"; \
	command -v nix-instantiate >/dev/null || missing="$$missing nix-bin"; \
	command -v puppet >/dev/null || missing="$$missing puppet"; \
	command -v runc >/dev/null || missing="$$missing runc"; \
	[ -x /usr/lib/cni/tuning ] || missing="$$missing containernetworking-plugins"; \
	[ -x /bin/busybox ] || missing="$$missing busybox-static"; \
	command -v kcat >/dev/null || missing="$$missing kcat"; \
	! command -v javac >/dev/null || for jar in postgresql mariadb-java-client; do \
	  [ -f /usr/share/java/$$jar.jar ] || missing="$$missing libpostgresql-jdbc-java libmariadb-java"; \
	done; \
	! command -v javac >/dev/null || { command -v kotlinc >/dev/null && \
	  [ -f /usr/share/java/netty-common.jar ]; } || missing="$$missing kotlin libnetty-java"; \
	command -v puppet-lint >/dev/null || missing="$$missing puppet-lint"; \
	command -v ruby >/dev/null || missing="$$missing ruby"; \
	command -v shellcheck >/dev/null || missing="$$missing shellcheck"; \
	command -v systemd-analyze >/dev/null || missing="$$missing systemd"; \
	command -v yamllint >/dev/null || missing="$$missing yamllint"; \
	/usr/sbin/policy-rc.d nginx start >/dev/null 2>&1; \
	if [ $$? -eq 101 ]; then \
	  PATH=$$PATH:/usr/sbin; \
	  command -v apache2 >/dev/null || missing="$$missing apache2"; \
	  command -v cloud-init >/dev/null || missing="$$missing cloud-init"; \
	  command -v etcd >/dev/null || missing="$$missing etcd-server"; \
	  command -v mariadbd >/dev/null || missing="$$missing mariadb-server"; \
	  command -v nats-server >/dev/null || missing="$$missing nats-server"; \
	  command -v pgbouncer >/dev/null || missing="$$missing pgbouncer"; \
	  command -v prometheus >/dev/null || missing="$$missing prometheus"; \
	  command -v prometheus-node-exporter >/dev/null || missing="$$missing prometheus-node-exporter"; \
	  command -v rabbitmq-server >/dev/null || missing="$$missing rabbitmq-server"; \
	  command -v squid >/dev/null || missing="$$missing squid"; \
	  command -v tuned >/dev/null || missing="$$missing tuned dbus-daemon"; \
	  command -v varnishd >/dev/null || missing="$$missing varnish"; \
	fi; \
	if [ -n "$$missing" ]; then ($(call install_packages,$$missing)) || true; fi; \
	Tests/peers $(CURDIR)/.build/peers

# What emulates a machine, and what its first file system is made with.
kernel-dependencies:
	@missing=; \
	command -v qemu-system-x86_64 >/dev/null || missing="$$missing qemu-system-x86"; \
	command -v busybox >/dev/null || missing="$$missing busybox-static"; \
	command -v cpio >/dev/null || missing="$$missing cpio"; \
	[ -x /sbin/depmod ] || missing="$$missing kmod"; \
	command -v python3 >/dev/null || missing="$$missing python3"; \
	if [ -n "$$missing" ]; then $(call install_packages,$$missing); fi

define install_packages
if [ "$$(id -u)" -ne 0 ] && [ -z "$(SUDO)" ] || ! command -v apt-get >/dev/null; then \
    echo "tcpadvisor needs these packages, install them first: $(1)" >&2; exit 2; \
  fi; \
  echo "installing $(1) with $(SUDO) apt-get"; \
  $(SUDO) apt-get update -qq && $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(1)
endef
