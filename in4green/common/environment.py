"""How settings are read: from variables, or from the files that containers keep secrets in."""

import environ


class Variables(environ.FileAwareMapping):
    """``NAME``, or the content of the file that ``NAME_FILE`` names without its last line end."""

    def __getitem__(self, name: str) -> str:
        return str(super().__getitem__(name)).rstrip("\n")


class Env(environ.Env):
    ENVIRON = Variables()
