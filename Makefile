# Every path here is relative: the checkout may lie in a folder with spaces or Chinese characters.
.DEFAULT_GOAL := help
.PHONY: help runtime packages dev demo web test check lint types format contracts audit lock openapi screenshots rehearsal crash chaos fuzz-api proof-labels proof-recovery proof-expressions proof-trace bench-capture bench-codes bench-production bench-trace bench-trust epcis-examples clean
.NOTPARALLEL:

PORT ?= 8000
DATA ?= demo-data
FOLDER ?=
URL ?=
SIZE ?= 1M
KILLS ?= 200
EXAMPLES ?= 20
export PORT DATA FOLDER URL
export PYTHONUTF8 = 1

PYTHON := .venv/bin/python

help: ## 列出命令 | list the commands
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)$$/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-24s%s|%s\n", $$1, $$2, $$3 }'

runtime:
	@sh tools/prepare.sh runtime
	@$(PYTHON) -m suyuan.entry.compiling

packages:
	@sh tools/prepare.sh dev

dev: packages
	@$(PYTHON) -m suyuan.entry.compiling

demo: runtime web ## 准备一切并启动演示工厂 [PORT= DATA=] | prepare everything and run the demo plant [PORT= DATA=]
	@exec .venv/bin/suyuan demo --port "$$PORT" --data "$$DATA"

web: runtime ## 构建网页界面（有改动时） | build the web application if it changed
	@$(PYTHON) -m tools.web

test: packages ## 全部测试：Python、网页、浏览器 | all tests: Python, web, browser
	@$(PYTHON) -m tools.suite

check: dev ## 规范、类型、边界、审计、测试、演练 | lint, types, contracts, audit, tests, rehearsal
	@$(PYTHON) -m tools.gate

lint: dev ## 代码规范与模块边界 | style and module boundaries
	@$(PYTHON) -m tools.gate lint format contracts eslint

format: dev
	@$(PYTHON) -m ruff format .

types: dev ## 类型检查（mypy、tsc） | type checks (mypy, tsc)
	@$(PYTHON) -m tools.gate mypy tsc

contracts: dev
	@$(PYTHON) -m tools.gate contracts

audit: dev ## 依赖的已知漏洞 | known vulnerabilities of dependencies
	@$(PYTHON) -m tools.gate audit-python audit-web

lock: dev ## 重新锁定依赖 | lock the dependencies again
	@$(PYTHON) -m tools.lock $(if $(UPGRADE),--upgrade)

openapi: dev ## 导出 OpenAPI 与网页类型 | write the OpenAPI document and the web client's types
	@$(PYTHON) -m tools.openapi

screenshots: dev web ## 拍下每一页 [URL= DATA=] | take pictures of every page [URL= DATA=]
	@$(PYTHON) -m tools.screenshots $(if $(URL),--url "$$URL" --data "$$DATA")

rehearsal: dev ## 在带空格与中文的目录里从新克隆演练 | rehearse from a fresh clone in a folder with spaces and Chinese
	@$(PYTHON) -m tools.rehearsal

proof-labels: dev ## 一千张标签经他人的 ZPL 渲染器逐点读回 | a thousand labels through another's ZPL renderer, dot for dot
	@$(PYTHON) -m pytest -p tools.all_tests_ran -m slow src/suyuan/coding/tests/labels

proof-expressions: dev ## 四十万个随机表达式，服务器与浏览器逐个对照 | 400,000 random expressions, server and browser side by side
	@$(PYTHON) -m pytest -p tools.all_tests_ran -m slow src/suyuan/kernel/expressions

proof-recovery: dev ## 恢复演练、断网扫码二百次并杀服务器 | restore drill; two hundred scans offline with a killed server
	@$(PYTHON) -m tools.suite proofs

proof-trace: dev ## 数千个随机工厂，索引与参考实现逐一对照 | thousands of random plants, index and reference side by side
	@TRACE_PLANTS=30 $(PYTHON) -m pytest -p tools.all_tests_ran src/suyuan/trace/tests/engine

crash: dev ## 五十次杀进程，数一数事件 | kill server and database fifty times and count the events
	@$(PYTHON) -m pytest -p tools.all_tests_ran -m crash

chaos: dev ## 混合负载下杀进程、满盘、坏盘、跳时、断线 [KILLS=200] | kills, full and failing disk, clock, cuts under load [KILLS=200]
	@KILLS="$(KILLS)" $(PYTHON) -m tests.chaos

fuzz-api: dev ## 按接口描述对全部接口做模糊测试 [EXAMPLES=20] | fuzz the whole API from its description [EXAMPLES=20]
	@EXAMPLES="$(EXAMPLES)" $(PYTHON) -m tests.fuzz

bench-codes: dev ## 编码基准：发码、解析、标签 [PARTS=] | benchmark of codes: issue, parse, labels [PARTS=]
	@$(PYTHON) -m tests.benchmarks.codes

bench-capture: dev ## 采集基准：扫码、同步、批量写入 | benchmark of capture: scans, sync, bulk
	@$(PYTHON) -m tests.benchmarks.capture

bench-production: dev ## 生产基准：履历、在制看板、扫码 [SIZE=20K|100K|1M] | benchmark of production: history, board, scans [SIZE=]
	@SIZE="$(SIZE)" $(PYTHON) -m tests.benchmarks.production

bench-trace: dev ## 追溯索引基准 [SIZE=1M|10M] | benchmark of the trace index [SIZE=1M|10M]
	@SIZE="$(SIZE)" $(PYTHON) -m tests.benchmarks.trace

bench-trust: dev ## 防篡改日志的代价与核验速度 | what the tamper-evident log costs, and how fast it is verified
	@$(PYTHON) -m tests.benchmarks.trust

epcis-examples: dev ## 导入并追溯 FOLDER= 里的 EPCIS 文件 | capture and trace the EPCIS files in FOLDER=
	@$(PYTHON) -m tools.epcis_examples "$$FOLDER"

clean: ## 删除可再生的文件（不删数据） | remove what can be made again (never data)
	@rm -rf .venv .build frontend/node_modules src/suyuan/entry/static/app .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find src tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
