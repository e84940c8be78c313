"""A page of the real browser that notes whatever a visitor should never meet."""

from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, Response

from portal import axe

LOCAL_SCHEMES = {"blob", "data", "about"}
# Without preload: axe would copy imported sheets into style elements, which the CSP refuses.
# All else that axe has to say, ten times as much, stays in the browser.
RUN = """only => axe.run({runOnly: only, resultTypes: ['violations'], preload: false})
    .then(found => found.violations)"""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# All that a theme changes are colours.
RULES_OF_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
IS_DARK = "matchMedia('(prefers-color-scheme: dark)').matches"
SHOW_WHAT_COMES = """() => {
    for (const change of document.getAnimations()) {
        if (Number.isFinite(change.effect.getComputedTiming().endTime)) change.finish();
    }
}"""


@dataclass
class Watch:
    """Errors in the console (each breach of the CSP is one), missing files, foreign addresses."""

    site: str
    faults: list[str] = field(default_factory=list)
    # Host and port of another process of ours; that one may fail, as far as pages are concerned.
    allowed: str = ""

    def over(self, page: Page) -> None:
        page.on("console", self._read)
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        page.on("request", self._check_address)
        page.on("response", self._check_answer)

    def _read(self, message: ConsoleMessage) -> None:
        # A failed request is judged by `_check_answer`: an error page may be what the test wants.
        if message.type != "error" or message.text.startswith("Failed to load resource"):
            return
        if not self.allowed or f"//{self.allowed}/" not in message.text:
            self.faults.append(f"console: {message.text}")

    def _check_address(self, request: Request) -> None:
        address = urlsplit(request.url)
        hosts = {urlsplit(self.site).netloc, self.allowed}
        if address.scheme not in LOCAL_SCHEMES and address.netloc not in hosts:
            self.faults.append(f"request to another host: {request.url}")

    def _check_answer(self, response: Response) -> None:
        if urlsplit(response.url).netloc == self.allowed:
            return
        if response.status >= 400 and not response.request.is_navigation_request():
            self.faults.append(f"{response.status} for {response.url}")


def assert_accessible(page: Page) -> None:
    """No violation of WCAG 2.2 AA, nor of axe's best practices, in what the page shows now.

    Neither in its other theme, the dark one or the light one.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe.script().read_text())
    dark = page.evaluate(IS_DARK)
    found = {dark: page.evaluate(RUN, RULES)}
    page.emulate_media(color_scheme=scheme(not dark))
    page.evaluate(SHOW_WHAT_COMES)
    found[not dark] = page.evaluate(RUN, RULES_OF_COLOURS)
    page.emulate_media(color_scheme=scheme(dark))
    faults = [
        f"{violation['id']}, {scheme(seen)}: {violation['help']}\n"
        f"    at {node['target']} {node['html']}"
        for seen, violations in found.items()
        for violation in violations
        for node in violation["nodes"]
    ]
    assert not faults, f"{page.url} is not accessible:\n" + "\n".join(faults)


def scheme(dark: bool) -> Literal["dark", "light"]:
    return "dark" if dark else "light"


def add_authenticator(page: Page) -> None:
    """A passkey device, built in, whose owner always agrees."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
