"""Coverage is counted while those tests run that answer for it; it slows all Python by a third.

What ``script/test`` holds to a hundred percent is reached by its own tests, not by chance.
"""

from collections.abc import Iterator

import pytest

MEASURED = (
    "tests/activity/",
    "tests/groups/test_rules.py",
    "tests/groups/test_views_notebook.py",
    "tests/test_rights.py",
)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    plugin = item.config.pluginmanager.getplugin("_cov")
    controller = plugin and plugin.cov_controller
    if not controller or item.nodeid.startswith(MEASURED):
        return (yield)
    controller.pause()
    try:
        return (yield)
    finally:
        controller.resume()
