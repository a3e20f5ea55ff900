"""The docs page in a real headless Chromium: it renders the document, sends a request, and its
Content-Security-Policy is strict and not violated."""
import os
import sys

from playwright.sync_api import sync_playwright

BASE = os.environ["BASE_URL"]
failures: list[str] = []


def check(what: str, passed: bool, seen: object = "") -> None:
    print(f"{'ok  ' if passed else 'FAIL'} {what}" + ("" if passed else f": {seen}"))
    if not passed:
        failures.append(what)


with sync_playwright() as playwright:
    # Chromium's own sandbox needs user namespaces, which containers often lack; the page is ours.
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
    page = browser.new_page(viewport={"width": 1280, "height": 1600})
    page.set_default_timeout(120_000)
    console: list[str] = []
    foreign: list[str] = []
    page.on("console", lambda message: console.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: console.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith((BASE, "data:")) else foreign.append(request.url))

    response = page.goto(f"{BASE}/docs", wait_until="networkidle")
    check("GET /docs answers 200", response is not None and response.status == 200, response and response.status)
    policy = (response.headers if response else {}).get("content-security-policy", "")
    check("the policy names its sources", "default-src" in policy, policy)
    script_sources = next((part for part in policy.split(";") if part.strip().startswith("script-src")), "")
    check("scripts: no unsafe-inline, no unsafe-eval", bool(script_sources) and "unsafe" not in script_sources, policy)

    page.wait_for_selector(".opblock")
    shown = page.locator(".opblock").count()
    document = page.request.get(f"{BASE}/openapi.json").json()
    methods = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}
    described = sum(1 for item in document["paths"].values() for key in item if key in methods)
    check(f"every operation is rendered ({described})", shown == described, shown)
    check("the title is the document's", document["info"]["title"] in page.inner_text(".info"), "")

    block = page.locator(".opblock", has=page.locator('[data-path="/health/live"]')).first
    block.locator(".opblock-summary").click()
    block.locator(".try-out__btn").click()
    block.locator(".execute").click()
    status = block.locator(".live-responses-table .response-col_status").last
    status.wait_for()
    check("a request sent from the page is answered 200", status.inner_text().strip().startswith("200"), status.inner_text())

    check("no console error, no policy violation", not console, console)
    check("nothing is fetched from elsewhere", not foreign, foreign)
    if picture := os.environ.get("DOCS_SCREENSHOT"):
        page.screenshot(path=picture)
    browser.close()

sys.exit(1 if failures else 0)
