"""A door to Django's own commands."""

from django.core.management import execute_from_command_line


def manage(arguments: list[str]) -> int:
    """Run a Django command: `essor manage createsuperuser`, `essor manage shell`…"""
    execute_from_command_line(["essor manage", *arguments])
    return 0
