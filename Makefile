# Two commands for a newcomer: make train, make test. Both make the environment they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: train test check fuzz bench model clean

train: $(READY)
	$(BIN)/vnclf train --recipe training/sample.toml --output model/sample
	printf '%s\n' \
	  'Đội tuyển Việt Nam thắng 2-1 trên sân Mỹ Đình trong trận giao hữu tối qua' \
	  'Hội người Việt Nam tại Cộng hòa Séc tổ chức lớp học tiếng Việt cho con em kiều bào' \
	  'Giá vàng trong nước sáng nay tăng mạnh, chứng khoán đảo chiều vào cuối phiên' \
	  | $(BIN)/vnclf predict --model model/sample --format table

test: $(READY)
	$(BIN)/pytest

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python tests/check_wheel.py

# atheris has wheels for few systems and Pythons; where there is none, Hypothesis has tried the 200,000 inputs alone.
fuzz: $(READY)
	VNCLF_FUZZ=200000 $(BIN)/pytest tests/fuzz
	if $(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: atheris; then \
	  for module in test_decode test_extract test_normalize test_segment; do \
	    $(BIN)/python tests/fuzz/guided.py $$module || exit 1; done; fi

# Needs the corpora: export VNCLF_CORPORA=their folder. fastText is a source build that may fail: its rows then say so.
bench: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]' \
	  || $(BIN)/python -m pip install --quiet --disable-pip-version-check pyvi psutil
	$(BIN)/python tests/bench/run.py

# Needs the corpora. Kernels of one kind, in one thread, are meant to give the same bytes on all processors with AVX2;
# huge pages, where there are any, save a sixth of the time.
model: export OPENBLAS_CORETYPE := Haswell
model: export OPENBLAS_NUM_THREADS := 1
model: export NPY_DISABLE_CPU_FEATURES := X86_V4 AVX512_ICL AVX512_SPR
model: export GLIBC_TUNABLES := glibc.malloc.hugetlb=1
model: $(READY)
	$(BIN)/vnclf train --recipe training/news.toml --output model/news --jobs 2

$(READY): pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $(READY)

clean:
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache model/sample
