"""Opens pages in headless Chromium as people have them, and prints what is wrong with them.

usage: browse.py SCREENSHOTS FILE...     a folder, and pages
"""

import pathlib
import sys

import axe_playwright_python
from selenium import webdriver
from selenium.webdriver.common.by import By

AXE = (pathlib.Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
# Width, height, colours, medium.
VIEWS = [
    (320, 640, "light", "screen"),
    (320, 640, "dark", "screen"),
    (1280, 900, "light", "screen"),
    (1280, 900, "dark", "screen"),
    (794, 1123, "light", "print"),
]


def browser():
    options = webdriver.ChromeOptions()
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    service = webdriver.ChromeService(executable_path="/usr/bin/chromedriver")
    return webdriver.Chrome(options=options, service=service)


def view(driver, page, width, height, colours, medium):
    def cdp(command, **arguments):
        return driver.execute_cdp_cmd(command, arguments)

    cdp("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
    cdp(
        "Emulation.setEmulatedMedia",
        media=medium,
        features=[{"name": "prefers-color-scheme", "value": colours}],
    )
    driver.get(page.as_uri())
    where = f"{page.name} {width} {colours} {medium}"
    for entry in driver.get_log("browser"):
        yield f"{where}: console: {entry['message']}"
    wide = driver.execute_script(
        "const e = document.documentElement; return e.scrollWidth - e.clientWidth"
    )
    if wide > 0:
        yield f"{where}: {wide} pixels too wide"
    # Evaluated past the page's policy, which admits no script but its own.
    cdp("Page.setBypassCSP", enabled=True)
    driver.get(page.as_uri())
    driver.get_log("browser")
    cdp("Runtime.evaluate", expression=AXE)
    found = driver.execute_async_script(
        "const done = arguments[0]; axe.run(document).then(r => done(r.violations))"
    )
    cdp("Page.setBypassCSP", enabled=False)
    for violation in found:
        nodes = "; ".join(node["html"][:200] for node in violation["nodes"][:3])
        yield f"{where}: axe {violation['id']}: {violation['help']}: {nodes}"


def behaviour(driver, page):
    """Sorting by every column, twice; copying."""
    driver.get(page.as_uri())
    for table in driver.find_elements(By.CSS_SELECTOR, "table.sortable"):
        if not table.is_displayed():
            continue
        for number, button in enumerate(table.find_elements(By.CSS_SELECTOR, "thead button")):
            before = table.find_element(By.TAG_NAME, "tbody").text
            for order in ("ascending", "descending"):
                button.click()
                if button.find_element(By.XPATH, "..").get_attribute("aria-sort") != order:
                    yield f"{page.name}: column {number} is not {order}"
            after = table.find_element(By.TAG_NAME, "tbody").text
            if sorted(before.split("\n")) != sorted(after.split("\n")):
                yield f"{page.name}: rows differ once sorted by column {number}"
    for button in driver.find_elements(By.CSS_SELECTOR, "button.copy"):
        driver.execute_cdp_cmd("Browser.grantPermissions", {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]})
        button.click()
        for _ in range(50):
            if button.text != "Copy":
                break
            driver.execute_async_script("setTimeout(arguments[0], 20)")
        else:
            yield f"{page.name}: nothing is copied"
    # Names that others chose have made no elements and run no scripts.
    if driver.execute_script("return window.injected !== undefined"):
        yield f"{page.name}: a name was run"
    if driver.execute_script("return document.querySelectorAll('script').length") != 1:
        yield f"{page.name}: a script too many"
    if driver.find_elements(By.CSS_SELECTOR, "img, iframe, object, embed, link"):
        yield f"{page.name}: elements of names"


def main(folder, *pages):
    driver = browser()
    faults = 0
    try:
        for page in map(pathlib.Path, pages):
            for width, height, colours, medium in VIEWS:
                for fault in view(driver, page, width, height, colours, medium):
                    print(fault)
                    faults += 1
                shot = pathlib.Path(folder) / f"{page.stem}-{width}-{colours}-{medium}.png"
                full = driver.execute_cdp_cmd(
                    "Page.captureScreenshot", {"captureBeyondViewport": True}
                )
                import base64

                shot.write_bytes(base64.b64decode(full["data"]))
            driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
            driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "screen", "features": []})
            for fault in behaviour(driver, page):
                print(fault)
                faults += 1
    finally:
        driver.quit()
    print(f"{len(pages)} pages, {faults} faults")
    return faults > 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
