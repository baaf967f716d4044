"""A window with nothing but WebKit in it, told what to do in lines of JSON; started by webkit.py with Debian's own
Python."""

import json
import sys
import warnings

warnings.simplefilter("ignore")
import gi  # noqa: E402

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import GLib, Gtk, WebKit2  # noqa: E402

if sys.argv[1] == "--there":
    sys.exit(0)

# No folder: a private window.
manager = (
    WebKit2.WebsiteDataManager(base_data_directory=f"{sys.argv[1]}/sites", base_cache_directory=f"{sys.argv[1]}/cache")
    if sys.argv[1]
    else WebKit2.WebsiteDataManager.new_ephemeral()
)
manager.set_tls_errors_policy(WebKit2.TLSErrorsPolicy.IGNORE)
# A proxy that is not there for every host but this machine.
manager.set_network_proxy_settings(
    WebKit2.NetworkProxyMode.CUSTOM, WebKit2.NetworkProxySettings.new("http://127.0.0.1:9", ["127.0.0.1", "localhost"])
)
view = WebKit2.WebView.new_with_context(WebKit2.WebContext.new_with_website_data_manager(manager))
window = Gtk.Window()
window.set_default_size(360, 640)
window.add(view)
window.show_all()


def answer(value: object = None, trouble: str = "") -> None:
    print(json.dumps({"trouble": trouble} if trouble else {"value": value}), flush=True)


def go(address: str) -> None:
    def changed(_view: WebKit2.WebView, event: WebKit2.LoadEvent) -> None:
        if event == WebKit2.LoadEvent.FINISHED:
            view.disconnect(heard)
            answer()

    heard = view.connect("load-changed", changed)
    view.load_uri(address)


def run(script: str) -> None:
    def ran(_view: WebKit2.WebView, result: object) -> None:
        try:
            value = view.call_async_javascript_function_finish(result).to_json(0)
            answer(json.loads(value) if value else None)
        except GLib.Error as error:
            answer(trouble=error.message)

    view.call_async_javascript_function(script, -1, None, None, None, None, ran)


def told(_source: object, _condition: object) -> bool:
    line = sys.stdin.readline()
    if not line:
        Gtk.main_quit()
        return False
    what = json.loads(line)
    if "go" in what:
        go(what["go"])
    elif "run" in what:
        run(what["run"])
    elif "back_list" in what:
        answer([item.get_uri() for item in view.get_back_forward_list().get_back_list()])
    else:
        answer(f"{WebKit2.get_major_version()}.{WebKit2.get_minor_version()}.{WebKit2.get_micro_version()}")
    return True


GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IOCondition.IN | GLib.IOCondition.HUP, told)
Gtk.main()
