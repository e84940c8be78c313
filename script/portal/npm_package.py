"""One file of the npm registry, taken as it is: the tests' browser and its accessibility rules."""

import base64
import hashlib
import shutil
import tarfile
from dataclasses import dataclass
from pathlib import Path

from portal.errors import Refusal
from portal.node import npm
from portal.paths import CACHE, make_private


@dataclass(frozen=True)
class NpmPackage:
    name: str
    version: str
    sha512: str
    """Base64, as npm's own locks write it."""

    @property
    def archive(self) -> Path:
        return CACHE / f"{self.name.strip('@').replace('/', '-')}-{self.version}.tgz"

    def fetch(self) -> Path:
        """The archive, downloaded unless it is there already; refused if it is another."""
        if not self.archive.exists():
            draft = make_private(CACHE / "pack")
            specifier = f"{self.name}@{self.version}"
            npm("pack", specifier, "--pack-destination", str(draft), what=specifier, folder=CACHE)
            self.verify(draft / self.archive.name)
            (draft / self.archive.name).replace(self.archive)
        return self.archive

    def verify(self, archive: Path) -> None:
        digest = hashlib.sha512(archive.read_bytes()).digest()
        if base64.b64encode(digest).decode() != self.sha512:
            archive.unlink()
            raise Refusal(f"{self.name} {self.version} is not the one that was reviewed: not used.")

    def unpack(self, folder: Path, *members: str) -> None:
        """These files of the archive, under their own names, into ``folder``; each whole or not."""
        folder.mkdir(parents=True, exist_ok=True)
        with tarfile.open(self.fetch()) as archive:
            for member in members:
                content = archive.extractfile(f"package/{member}")
                assert content
                target = folder / Path(member).name
                draft = target.with_name(f"{target.name}.new")
                with draft.open("wb") as file:
                    shutil.copyfileobj(content, file)
                draft.replace(target)
