"""A window with nothing but QtWebEngine in it, told what to do in lines of JSON; started by chrome69.py with a Python
that has PyQtWebEngine 5.12."""

import json
import sys
from uuid import uuid4

from PyQt5.QtCore import QSocketNotifier, QTimer, QUrl
from PyQt5.QtNetwork import QNetworkProxy
from PyQt5.QtWebEngineWidgets import QWebEnginePage, QWebEngineProfile, QWebEngineView
from PyQt5.QtWidgets import QApplication


class Page(QWebEnginePage):  # type: ignore[misc]
    """A page that takes this machine's own certificates, and stays silent."""

    def certificateError(self, _error: object) -> bool:
        return True

    def javaScriptConsoleMessage(self, *_message: object) -> None:
        """Ignore what a page writes to the console."""


def answer(value: object = None, trouble: str = "") -> None:
    print(json.dumps({"trouble": trouble} if trouble else {"value": value}), flush=True)


def go(address: str) -> None:
    def loaded(_good: bool) -> None:
        page.loadFinished.disconnect(loaded)
        answer()

    page.loadFinished.connect(loaded)
    page.load(QUrl(address))


def run(script: str) -> None:
    """Run the body of an async function; this engine hands back values only, so the result is looked for until it is
    there."""
    key = f"answer{uuid4().hex}"
    page.runJavaScript(
        f"""window.{key} = "…"; (async () => {{ {script} }})().then((value) => {{ window.{key} = JSON.stringify({{ value: value === undefined ? null : value }}); }},
        (error) => {{ window.{key} = JSON.stringify({{ trouble: String(error) }}); }})"""
    )

    def look() -> None:
        def found(text: str) -> None:
            if text == "…":
                QTimer.singleShot(20, look)
            elif text:
                print(text, flush=True)
            else:
                answer(trouble="the page went away, and its answer with it")

        page.runJavaScript(f"window.{key} || ''", found)

    look()


def do(_descriptor: int) -> None:
    line = sys.stdin.readline()
    if not line:
        app.quit()
        return
    what = json.loads(line)
    if "go" in what:
        go(what["go"])
    elif "run" in what:
        run(what["run"])
    elif "picture" in what:
        answer(view.grab().save(what["picture"]))
    elif "back_list" in what:
        answer([item.url().toString() for item in page.history().backItems(50)])
    else:
        page.runJavaScript("navigator.userAgent", lambda agent: answer(agent.split("Chrome/")[1].split()[0]))


app = QApplication([sys.argv[0], "--no-sandbox", "--disable-gpu"])
# A proxy that is not there for every host but this machine.
QNetworkProxy.setApplicationProxy(QNetworkProxy(QNetworkProxy.NoProxy))
profile = QWebEngineProfile("pages", app) if sys.argv[1] else QWebEngineProfile(app)
if sys.argv[1]:
    profile.setPersistentStoragePath(f"{sys.argv[1]}/storage")
    profile.setCachePath(f"{sys.argv[1]}/cache")
view = QWebEngineView()
page = Page(profile, view)
view.setPage(page)
view.resize(360, 640)
view.show()
notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Read)
notifier.activated.connect(do)
page.setHtml("<p>.</p>")
app.exec_()
