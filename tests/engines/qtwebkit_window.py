"""A window with nothing but QtWebKit in it, told what to do in lines of JSON; started by qtwebkit.py with Debian's own
Python."""

import json
import sys

from PyQt5.QtCore import QSocketNotifier, QUrl
from PyQt5.QtWebKit import qWebKitVersion
from PyQt5.QtWebKitWidgets import QWebPage, QWebView
from PyQt5.QtWidgets import QApplication


def answer(value: object = None, trouble: str = "") -> None:
    print(json.dumps({"trouble": trouble} if trouble else {"value": value}), flush=True)


def go(address: str) -> None:
    def loaded(_good: bool) -> None:
        view.loadFinished.disconnect(loaded)
        answer()

    view.loadFinished.connect(loaded)
    view.load(QUrl(address))


def run(script: str) -> None:
    """Run the body of a plain function: this engine knows no promises that could be waited for here."""
    text = (
        view.page()
        .mainFrame()
        .evaluateJavaScript(
            f"""(function () {{ try {{ return JSON.stringify({{ value: (function () {{ {script} }})() }}); }}
        catch (error) {{ return JSON.stringify({{ trouble: String(error) }}); }} }})()"""
        )
    )
    told = json.loads(text) if text else {"trouble": "no answer"}
    answer(told.get("value"), told.get("trouble", ""))


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
        answer([item.url().toString() for item in view.page().history().backItems(50)])
    else:
        answer(qWebKitVersion())


app = QApplication(sys.argv)
view = QWebView()
# This machine's own certificates are taken; nothing else is within reach.
view.page().networkAccessManager().sslErrors.connect(lambda reply, _errors: reply.ignoreSslErrors())
view.page().setLinkDelegationPolicy(QWebPage.DontDelegateLinks)
view.resize(360, 640)
view.show()
notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Read)
notifier.activated.connect(do)
app.exec_()
