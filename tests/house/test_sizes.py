"""Nothing grows beyond what one can read."""

import ast

from tests.house.sources import code_lines, none_of, python_sources

BANNED = {"utils", "helpers", "misc", "core", "manager", "handler", "process"}


def test_no_file_is_above_five_hundred_lines():
    none_of(
        [
            f"{each.name}: {each.lines}"
            for each in python_sources()
            if each.lines > 500 and not each.is_migration
        ]
    )


def test_nine_files_in_ten_are_under_two_hundred_and_fifty_lines():
    files = [each for each in python_sources("essor") if not each.is_migration]
    long = [f"{each.name}: {each.lines}" for each in files if each.lines >= 250]
    if len(long) > len(files) / 10:
        none_of(long)


def test_no_class_is_above_two_hundred_and_fifty_lines():
    long = [
        f"{each.name}: {node.name}"
        for each in python_sources("essor")
        if not each.is_migration
        for node in ast.walk(each.tree)
        if isinstance(node, ast.ClassDef) and (node.end_lineno or 0) - node.lineno >= 250
    ]
    none_of(long)


def test_no_function_is_above_forty_lines_of_code():
    long = [
        f"{each.name}: {node.name} has {code_lines(each, node)}"
        for each in python_sources("essor")
        if not each.is_migration
        for node in ast.walk(each.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and code_lines(each, node) > 40
    ]
    none_of(long)


def test_a_view_is_at_most_twenty_five_lines_of_code():
    long = [
        f"{each.name}: {node.name} has {code_lines(each, node)}"
        for each in python_sources("essor/web")
        for node in ast.walk(each.tree)
        if isinstance(node, ast.FunctionDef) and _is_view(node) and code_lines(each, node) > 25
    ]
    none_of(long)


def _is_view(node: ast.FunctionDef) -> bool:
    return any(
        isinstance(each, ast.Call) and ast.unparse(each.func).split(".")[-1] == "page"
        for each in node.decorator_list
    )


def test_no_module_bears_a_name_that_says_nothing():
    none_of([each.name for each in python_sources() if set(each.module.split(".")) & BANNED])


def test_each_package_says_in_one_line_what_it_is_and_has_no_code():
    wrong = []
    for each in python_sources("essor"):
        if each.path.name != "__init__.py" or each.path.parent.name == "migrations":
            continue
        docstring = ast.get_docstring(each.tree)
        is_face = all(_is_export(node) for node in each.tree.body[1:])
        if not docstring or "\n" in docstring or not is_face:
            wrong.append(each.name)
    none_of(wrong)


def _is_export(node: ast.stmt) -> bool:
    """A face may only export: imports and __all__."""
    if isinstance(node, ast.ImportFrom):
        return True
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"


def test_each_package_of_the_source_has_an_init():
    folders = {each.path.parent for each in python_sources("essor")}
    none_of([str(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()])
