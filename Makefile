# Career Focus: every command, each a line of `python3 tools/stack`.
PYTHON ?= python3
PORT ?= 8069
ARGS ?=
STACK := $(PYTHON) tools/stack

.DEFAULT_GOAL := help
.PHONY: help run test bench check format pot readme db stop shell clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile
	@echo
	@echo "  ODOO_PATH=     an Odoo 19.0 of your own     DATABASE_URL=  a PostgreSQL of your own"
	@echo "  STACK_HOME=    instead of the folder .stack PYTHON=        Python 3.10, 3.11 or 3.12"

run: ## serve the demo on http://127.0.0.1:8069 (PORT=8070 changes the port)
	@$(STACK) run --port "$(PORT)"

test: ## run all tests (ARGS="-k name" goes to pytest)
	@$(STACK) test $(ARGS)

bench: ## measure rights, pages and a release of uptake (ARGS="--only uptake")
	@$(STACK) bench $(ARGS)

check: ## check style, common mistakes, licences and translation templates
	@$(STACK) check

format: ## let the formatters rewrite what check would complain of
	@$(STACK) format

pot: ## write the translation templates anew
	@$(STACK) pot

readme: ## write the README of each addon anew from its readme/ folder
	@$(PYTHON) tools/readme.py

db: ## leave PostgreSQL running and write .stack/odoo.conf
	@$(STACK) db

stop: ## stop what was left running
	@$(STACK) stop

shell: ## open the Odoo shell on the demo database
	@$(STACK) shell

clean: ## stop everything and delete what was made
	@$(STACK) clean
