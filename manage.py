#!/usr/bin/env python
"""Django's own command line, for those used to it; `essor` is the friendlier one."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "essor.config.settings.dev")
    execute_from_command_line(sys.argv)
