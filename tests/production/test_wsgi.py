"""What a server finds when it has loaded the portal."""

import json
import subprocess
import sys

from portal.paths import ROOT

ASK = """
import gc, json, in4green.wsgi
print(json.dumps([gc.get_freeze_count(), gc.get_threshold()]))
"""


def test_no_page_waits_until_all_that_was_loaded_is_searched_for_garbage():
    answer = subprocess.check_output([sys.executable, "-c", ASK], cwd=ROOT, text=True)
    frozen, (first, *_) = json.loads(answer.splitlines()[-1])

    assert frozen > 100_000
    assert first == 10_000
