#!/usr/bin/env python3
"""Django's command line for the portal."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "in4green.settings")
    try:
        from django.core.management import execute_from_command_line
    except ModuleNotFoundError:
        sys.exit("The portal is not set up here yet: run script/server first.")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
