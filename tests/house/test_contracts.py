"""The arrows that never turn back."""

import ast
import configparser

from importlinter import cli

from tests.house.sources import ESSOR, ROOT, imported_modules, none_of, python_sources


def test_every_import_contract_is_kept(monkeypatch):
    monkeypatch.chdir(ROOT)
    assert cli.lint_imports(no_cache=True) == cli.EXIT_STATUS_SUCCESS


def test_every_app_is_under_the_contract_of_its_inside():
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter")
    listed = set(contracts["importlinter:contract:inside"]["containers"].split())
    apps = {f"essor.{path.parent.parent.name}.{path.parent.name}" for path in ESSOR.glob("*/*/models*")}
    assert apps == listed


def test_a_link_never_calls_the_services_of_another_link():
    broken = []
    for each in python_sources("essor/chain"):
        app = ".".join(each.module.split(".")[:3])
        for name in imported_modules(each):
            parts = name.split(".")
            if parts[:2] == ["essor", "chain"] and "services" in parts and ".".join(parts[:3]) != app:
                broken.append(f"{each.name} imports {name}")
    none_of(broken)


def test_nobody_sends_or_receives_signals():
    banned = ("django.dispatch", "django.db.models.signals", "django.core.signals")
    broken = [
        f"{each.name} imports {name}"
        for each in python_sources("essor")
        for name in imported_modules(each)
        if name.startswith(banned)
    ]
    none_of(broken)


def test_services_take_their_arguments_by_name():
    broken = []
    for each in python_sources("essor/ground", "essor/chain"):
        if "services" not in each.module.split("."):
            continue
        for node in each.tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and node.args.args:
                broken.append(f"{each.name}: {node.name}")
    none_of(broken)


def test_each_right_says_its_rule_in_plain_words():
    silent = [
        f"{each.name}: {node.name}"
        for each in python_sources("essor/ground", "essor/chain")
        if "policies" in each.module.split(".")
        for node in each.tree.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    none_of(silent)
