"""Opens HTML reports in headless Chromium, from file://, and uses them as a person does.

usage: html_browser_test.py SAMPLE_PROGRAM [REPORT.html...]

Talks to the browser through pipes (--remote-debugging-pipe), so that nothing but it is needed. Fails when
a page logs an error, breaks its content policy, asks for anything but itself, or lets a name do
something. Further reports that are named must open and be searchable. Ends with status 77 where there
is no browser.
"""
import itertools
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chromium-headless-shell"]
SKIPPED = 77


class Browser:
    """A browser without a window; commands go through file descriptors 3 and 4, each ended by a zero byte."""

    def __init__(self, program, profile):
        to_browser, self.commands = os.pipe()
        self.answers, from_browser = os.pipe()

        def give_pipes():
            # The ends that the browser expects as 3 and 4; copied high first, as they may be those.
            high = os.dup(to_browser) + 20, os.dup(from_browser) + 30
            os.dup2(to_browser, high[0])
            os.dup2(from_browser, high[1])
            os.dup2(high[0], 3)
            os.dup2(high[1], 4)

        self.process = subprocess.Popen(
            [program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
             "--disable-background-networking", "--disable-component-update", "--no-first-run",
             "--remote-debugging-pipe", f"--user-data-dir={profile}", "about:blank"],
            preexec_fn=give_pipes, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_browser)
        os.close(from_browser)
        self.numbers = itertools.count(1)
        self.rest = b""
        self.events = []
        self.session = None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ["Page", "Runtime", "Network", "Log", "Audits"]:
            self.call(domain + ".enable")
        self.call("Emulation.setDeviceMetricsOverride", width=1400, height=900, deviceScaleFactor=1, mobile=False)

    def read(self):
        while b"\0" not in self.rest:
            bytes_read = os.read(self.answers, 1 << 20)
            if not bytes_read:
                raise RuntimeError("the browser ended")
            self.rest += bytes_read
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, **params):
        number = next(self.numbers)
        command = {"id": number, "method": method, "params": params}
        if self.session:
            command["sessionId"] = self.session
        os.write(self.commands, json.dumps(command).encode() + b"\0")
        while True:
            message = self.read()
            if message.get("id") == number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]
            self.events.append(message)

    def run(self, script):
        """The value of a piece of script in the page."""
        result = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(f"{script}: {json.dumps(result['exceptionDetails'])}")
        return result["result"].get("value")

    def open(self, file, dark=False):
        self.events.clear()
        self.call("Emulation.setEmulatedMedia",
                  features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])
        self.call("Page.navigate", url=file.as_uri())
        self.wait("document.readyState === 'complete'")

    def open_without_script(self, file):
        self.call("Page.navigate", url=file.as_uri())
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(self.read())

    def wait(self, condition):
        found = self.run("""new Promise((done) => {
          const end = Date.now() + 20000;
          (function look() {
            if (CONDITION) done(true);
            else if (Date.now() > end) done(false);
            else setTimeout(look, 20);
          })();
        })""".replace("CONDITION", condition))
        check(found, f"waited in vain for: {condition}")

    def key(self, key, code=None, text=None):
        for kind in ["keyDown", "keyUp"]:
            params = {"type": kind, "key": key, "code": code or key}
            if text and kind == "keyDown":
                params["text"] = text
            if key == "Enter":
                params.update(windowsVirtualKeyCode=13, text="\r" if kind == "keyDown" else "")
            self.call("Input.dispatchKeyEvent", **params)

    def complaints(self, file):
        """Errors of the console, broken policies and requests for anything but the page."""
        self.run("new Promise((done) => setTimeout(done, 50))")
        found = []
        for event in self.events:
            method, params = event.get("method", ""), event.get("params", {})
            # A link that a script follows, and no user, is passed over by the button "back": so is the test's.
            if method == "Audits.issueAdded" and "NavigationEntryMarkedSkippable" in json.dumps(params):
                continue
            if method == "Runtime.exceptionThrown" or method == "Audits.issueAdded":
                found.append(json.dumps(params)[:500])
            elif method == "Runtime.consoleAPICalled" or method == "Log.entryAdded":
                found.append(json.dumps(params)[:500])
            elif method == "Network.requestWillBeSent" and params["request"]["url"] != file.as_uri():
                found.append("asked for " + params["request"]["url"])
        return found

    def close(self):
        try:
            self.session = None
            self.call("Browser.close")
        except (RuntimeError, OSError):
            pass
        self.process.wait(20)


failures = []


def check(condition, what):
    if not condition:
        failures.append(what)
        print("FAILED:", what)


def equal(got, expected, what):
    check(got == expected, f"{what}: {got!r}, not {expected!r}")


NAMES = "Array.from(document.querySelectorAll('#rows .name'), (b) => b.textContent)"
COUNT = "document.getElementById('count').textContent"


def search(browser, words, expected):
    browser.run(f"""(() => {{
      const field = document.getElementById('search');
      field.value = {json.dumps(words)};
      field.dispatchEvent(new Event('input', {{bubbles: true}}));
    }})()""")
    browser.run("new Promise((done) => setTimeout(done, 100))")  # the page waits for the end of typing
    browser.wait(f"{COUNT}.startsWith({json.dumps(expected + ' of ')})")


def test_hostile(browser, file):
    browser.open(file)
    names = browser.run(NAMES)
    equal(len(names), 2, "hostile: rows")
    check("__proto__" in names, "hostile: a record named __proto__")
    browser.run("document.querySelectorAll('#rows .name').forEach((b) => b.click())")
    browser.run("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    equal(browser.run("document.querySelectorAll('tr.detail').length"), 2, "hostile: open details")
    equal(browser.run("window.hacked"), None, "hostile: a name ran a script")
    for tag in ["img", "svg", "iframe", "object", "embed", "link", "base"]:
        equal(browser.run(f"document.querySelectorAll('{tag}').length"), 0, f"hostile: elements <{tag}>")
    equal(browser.run("Array.from(document.links).filter((a) => !a.getAttribute('href').startsWith('#')).length"), 0,
          "hostile: links that leave the page")
    equal(browser.run("document.scripts.length"), 2, "hostile: scripts")
    equal(browser.run("document.querySelectorAll('style').length"), 1, "hostile: styles")
    check(browser.run("document.body.textContent.includes('window.hacked=2')"), "hostile: names are shown as text")
    equal(browser.run("document.querySelectorAll('#unit-list li').length"), 1, "hostile: failed units")
    equal(browser.run("document.querySelectorAll('#other-list .finding').length"), 1, "hostile: findings without a record")
    search(browser, "tostring", "1")
    search(browser, "<IMG", "1")
    equal(browser.complaints(file), [], "hostile: complaints")


def test_policy(browser, file):
    """The policy is in force: what a hole would let in does not run."""
    browser.open(file)
    browser.run("""(() => {
      const script = document.createElement('script');
      script.textContent = 'window.hacked = 4';
      document.body.appendChild(script);
      const image = document.createElement('img');
      image.src = 'http://127.0.0.1:9/x';
      document.body.appendChild(image);
    })()""")
    equal(browser.run("window.hacked"), None, "policy: an inline script ran")
    complaints = browser.complaints(file)
    check(any("ContentSecurityPolicy" in text or "Content Security Policy" in text for text in complaints),
          "policy: the browser enforces it")


def test_many(browser, file):
    browser.open(file, dark=True)
    equal(browser.run("document.documentElement.dataset.ready"), "true", "many: the script came to its end")
    started = browser.run("performance.now()")
    check(started < 10000, f"many: opened within 10 s ({started:.0f} ms)")
    equal(browser.run(COUNT), "5,000 of 5,000 records", "many: count")
    equal(browser.run("document.querySelectorAll('#rows > tr').length"), 200, "many: rows at first")
    browser.run("document.getElementById('more').click()")
    equal(browser.run("document.querySelectorAll('#rows > tr').length"), 400, "many: rows after one more page")
    # Most waste first, then most padding.
    equal(browser.run(NAMES)[:2], ["space::Record4990", "space::Record4980"], "many: order")
    browser.run("document.querySelector('button[data-key=size]').click()")
    equal(browser.run(NAMES)[0], "space::Large", "many: largest first")
    equal(browser.run("document.querySelector('button[data-key=size]').parentElement.getAttribute('aria-sort')"),
          "descending", "many: aria-sort")
    browser.run("document.querySelector('button[data-key=size]').click()")
    equal(browser.run(NAMES)[0], "space::Choice", "many: smallest first")
    equal(browser.run("document.querySelectorAll('th[aria-sort=ascending]').length"), 1, "many: one key sorts")
    search(browser, "record123", "11")
    search(browser, "RECORD4990 padding", "1")
    search(browser, "no such thing", "0")
    search(browser, "", "5,000")
    browser.run("""(() => {
      const show = document.getElementById('show');
      show.value = 'findings';
      show.dispatchEvent(new Event('change'));
    })()""")
    equal(browser.run(COUNT), "499 of 5,000 records", "many: with findings")
    search(browser, "record4990", "1")
    browser.run("document.querySelector('#rows .name').click()")
    equal(browser.run("document.querySelectorAll('.order').length"), 2, "many: two orders beside each other")
    check(browser.run("document.querySelectorAll('.order')[1].textContent.startsWith('Suggested layout')"), "many: title")
    left, right = browser.run("Array.from(document.querySelectorAll('.order'), (o) => o.getBoundingClientRect().left)")
    check(left < right, "many: the orders stand beside each other")
    widths = browser.run("""Array.from(document.querySelectorAll('.order')[0].querySelectorAll('.part'),
      (p) => [p.className, p.style.left, p.style.width])""")
    equal(widths[:2], [["part c0", "0%", "3.125%"], ["part free", "3.125%", "21.875%"]], "many: drawing")
    equal(browser.run("document.querySelectorAll('.finding pre .removed').length"), 1, "many: difference")
    # The drawing shows what the model says: parts cover the line without overlap.
    boxes = browser.run("""Array.from(document.querySelectorAll('.order')[0].querySelectorAll('.part'),
      (p) => { const b = p.getBoundingClientRect(); return [b.left, b.right, b.height]; })""")
    for before, after in zip(boxes, boxes[1:]):
        check(abs(before[1] - after[0]) < 1.5 and after[2] > 10, "many: parts stand side by side")
    browser.run("document.querySelector('#rows .name').click()")
    equal(browser.run("document.querySelectorAll('tr.detail').length"), 0, "many: closed again")
    dark = browser.run("getComputedStyle(document.body).backgroundColor")
    equal(browser.complaints(file), [], "many: complaints")
    browser.open(file)
    check(browser.run("getComputedStyle(document.body).backgroundColor") != dark, "many: dark and light differ")


def test_large_and_union(browser, file):
    browser.open(file)
    search(browser, "space::large", "1")
    browser.run("document.querySelector('#rows .name').click()")
    lines = browser.run("document.querySelectorAll('.line').length")
    check(2 <= lines <= 4, f"large: a megabyte is drawn in {lines} lines")
    check(browser.run("document.querySelector('.skipped').textContent.endsWith('lines more of the same')"), "large: skipped")
    search(browser, "space::choice", "1")
    browser.run("document.querySelector('#rows .name').click()")
    equal(browser.run("document.querySelectorAll('.lane').length"), 2, "union: overlapping members in lanes")
    equal(browser.complaints(file), [], "large: complaints")


def test_overview(browser, file):
    """Tiles, meters, map, chips and links."""
    browser.open(file)
    equal(browser.run("document.querySelectorAll('#tiles dd').length"), 6, "overview: tiles")
    check(browser.run("document.querySelectorAll('#rows meter').length") > 100, "overview: meters")
    areas = browser.run("""Array.from(document.querySelectorAll('.area'), (a) => {
      const b = a.getBoundingClientRect(); return [b.left, b.top, b.width, b.height]; })""")
    box = browser.run("(() => { const b = document.getElementById('map').getBoundingClientRect(); "
                      "return [b.left, b.top, b.width, b.height]; })()")
    equal(len(areas), 60, "overview: areas of the map")
    check(abs(sum(w * h for _, _, w, h in areas) - box[2] * box[3]) < 0.02 * box[2] * box[3],
          "overview: the areas fill the map")
    check(all(x >= box[0] - 1 and y >= box[1] - 1 and x + w <= box[0] + box[2] + 1 and
              y + h <= box[1] + box[3] + 1 for x, y, w, h in areas), "overview: the areas are inside of it")
    browser.run("document.querySelector('.area').click()")
    browser.wait("document.querySelectorAll('tr.detail').length === 1")
    link = browser.run("document.querySelector('tr.detail p a').getAttribute('href')")
    equal(browser.run("location.hash"), link, "overview: the link of the record")
    chips = browser.run("Array.from(document.querySelectorAll('.chip'), (c) => c.textContent)")
    check("padding 499" in chips and "review 499" in chips, f"overview: chips: {chips}")
    browser.run("document.querySelector('.chip.check').click()")
    equal(browser.run(COUNT), "499 of 5,000 records", "overview: a chip filters")
    equal(browser.run("document.querySelector('.chip.check').getAttribute('aria-pressed')"), "true",
          "overview: the chip is pressed")
    equal(browser.complaints(file), [], "overview: complaints")
    browser.open(file)
    browser.run(f"location.hash = {json.dumps(link)}")
    browser.wait("document.querySelectorAll('tr.detail').length === 1")
    # As narrow as a telephone: nothing has to be scrolled sideways.
    browser.call("Emulation.setDeviceMetricsOverride", width=400, height=800, deviceScaleFactor=1, mobile=True)
    browser.open(file)
    equal(browser.run("document.documentElement.scrollWidth <= 400"), True, "overview: 400 pixels")
    browser.run("document.querySelector('#rows .name').click()")
    equal(browser.run("document.documentElement.scrollWidth <= 400"), True, "overview: 400 pixels, a record open")
    browser.call("Emulation.setDeviceMetricsOverride", width=1400, height=900, deviceScaleFactor=1, mobile=False)


def test_without_script(browser, file):
    """The first records and what is found about them are in the page itself."""
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    browser.open_without_script(file)
    document = browser.call("DOM.getDocument", depth=-1)["root"]["nodeId"]
    rows = browser.call("DOM.querySelectorAll", nodeId=document, selector="#rows > tr:not(.said)")["nodeIds"]
    equal(len(rows), 50, "without a script: rows")
    said = browser.call("DOM.querySelector", nodeId=document, selector="#rows > tr.said")["nodeId"]
    text = browser.call("DOM.getOuterHTML", nodeId=said)["outerHTML"]
    check("warning: " in text, "without a script: what is found")
    browser.call("Emulation.setScriptExecutionDisabled", value=False)


def test_keyboard(browser, file):
    browser.open(file)
    browser.key("/", "Slash", "/")
    equal(browser.run("document.activeElement.id"), "search", "keys: / searches")
    equal(browser.run("document.getElementById('search').value"), "", "keys: / is not typed")
    for letter in "record4990":
        browser.key(letter, text=letter)
    browser.wait(f"{COUNT}.startsWith('1 of ')")
    browser.key("ArrowDown")
    equal(browser.run("document.activeElement.textContent"), "space::Record4990", "keys: down goes to the row")
    browser.key("Enter")
    equal(browser.run("document.activeElement.getAttribute('aria-expanded')"), "true", "keys: Enter opens")
    equal(browser.run("document.querySelectorAll('tr.detail').length"), 1, "keys: the detail is there")
    equal(browser.complaints(file), [], "keys: complaints")


def test_given(browser, file):
    browser.open(file)
    check(browser.run("document.querySelectorAll('#rows > tr').length > 0"), f"{file.name}: rows")
    browser.run("document.querySelectorAll('#rows .name').forEach((b) => b.click())")
    check(browser.run("document.querySelectorAll('.line').length > 0"), f"{file.name}: drawings")
    first = browser.run(NAMES)[0]
    browser.run(f"document.getElementById('search').value = {json.dumps(first)}")
    browser.run("document.getElementById('search').dispatchEvent(new Event('input'))")
    browser.wait(f"{NAMES}.includes({json.dumps(first)})")
    equal(browser.complaints(file), [], f"{file.name}: complaints")


def main():
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        print("skipped: there is no browser here (Debian: apt-get install chromium)")
        return SKIPPED
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        folder = pathlib.Path(folder)
        pages = {"hostile": ["hostile"], "many": ["many", "5000"]}
        for name, words in pages.items():
            with open(folder / (name + ".html"), "wb") as out:
                subprocess.run([sys.argv[1]] + words, stdout=out, check=True)
        browser = Browser(program, folder / "profile")
        try:
            test_hostile(browser, folder / "hostile.html")
            test_policy(browser, folder / "hostile.html")
            test_many(browser, folder / "many.html")
            test_large_and_union(browser, folder / "many.html")
            test_keyboard(browser, folder / "many.html")
            test_overview(browser, folder / "many.html")
            browser.events.clear()
            test_without_script(browser, folder / "many.html")
            for name in sys.argv[2:]:
                test_given(browser, pathlib.Path(name).resolve())
        finally:
            browser.close()
    print(f"{len(failures)} failures" if failures else "all checks passed")
    return 1 if failures else 0


sys.exit(main())
