"""Break one promise at a time and see whether a test notices: `python -m tests.mutants`, or with names: `python -m
tests.mutants cookie paper`.

Each mutant is one small defect that would leave a trace, and the test that must fail on it. The change is made in a
copy of the tree, never in place; what the tests say on the unchanged copy comes first, since a test that fails anyway
catches nothing. Ends with 1 when one survives.

tests/test_checks.py keeps the table alive: each text to replace stands once in its file, and each test is there.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
NOT_COPIED = (".git", ".venv", "node_modules", "__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache")


@dataclass(frozen=True)
class Mutant:
    """One defect: in `file`, `old` becomes `new`; `test` must fail then."""

    name: str
    what: str
    file: str
    old: str
    new: str
    test: str


EXIT, HEADERS, QUIET = "static/js/exit.js", "youthapp/web/security_headers.py", "static/js/navigation.js"
LIMITS, FORMS, LIMITED, CACHED = (
    "youthapp/web/request_limits.py",
    "youthapp/outreach/forms.py",
    "tests/web/test_request_limits.py",
    "tests/web/test_page_cache.py",
)
LEAVING, TRACES, MOVING = (
    "tests/browser/test_exit.py",
    "tests/browser/test_traces.py",
    "tests/browser/test_navigation.py",
)
KEEPING, PLAN_TRACES, CHECKS = (
    "tests/browser/test_plan_keeping.py",
    "tests/browser/test_plan_traces.py",
    "tests/test_checks.py",
)

MUTANTS = (
    Mutant(
        "exit-adds-an-entry", "exit leaves by location.href, so that the page stays listed", EXIT,
        '    if (tell && tabs) tabs.postMessage("leave");\n    location.replace(place());',
        '    if (tell && tabs) tabs.postMessage("leave");\n    location.href = place();',
        f"{TRACES}::test_t19_a_visit_is_one_neutral_row_and_after_exit_it_is_not_listed",
    ),
    Mutant(
        "empty-title", "the cover leaves the title empty, so that the browser files the address instead", EXIT,
        "document.title = title;", 'document.title = "";',
        f"{LEAVING}::test_t24_the_cover_stands_in_the_same_task_while_the_other_site_hangs",
    ),
    Mutant(
        "page-stays-under-exit", "the page is not emptied while the other site is on its way", EXIT,
        '    document.body.textContent = "";', "",
        f"{LEAVING}::test_t24_the_cover_stands_in_the_same_task_while_the_other_site_hangs",
    ),
    Mutant(
        "other-tabs-stay", "other tabs are not told to leave", EXIT,
        "tabs.onmessage = function () { leave(false); };", "", f"{LEAVING}::test_t23_other_tabs_leave_too",
    ),
    Mutant(
        "back-shows-us", "who comes by Back or by a restored session sees the page", EXIT,
        "  if (cameBack()) leave(false);\n", "", f"{LEAVING}::test_t22_back_from_another_site_does_not_show_us",
    ),
    Mutant(
        "cache-shows-us", "a page out of the back-forward cache is shown again", EXIT,
        "} else if (!outside) leave(false);", "}", f"{LEAVING}::test_a_page_shown_again_from_the_cache_is_covered",
    ),
    Mutant(
        "entry-per-page", "moving inside makes an entry a page", QUIET,
        "    here = new URL(hash, fetched).href;", (
            '    here = new URL(hash, fetched).href;\n    history["push" + '
            '"State"](null, "", here);'
        ),
        f"{TRACES}::test_moving_inside_changes_no_address",
    ),
    Mutant(
        "part-in-address", "a part of a page goes into the address", QUIET,
        "  element.focus();\n  element.scrollIntoView();", "  location.hash = fragment;",
        f"{MOVING}::test_the_skip_link_and_a_part_of_a_page_make_no_entry",
    ),
    Mutant(
        "cookie", "an answer sets a cookie", HEADERS,
        "        response.headers.update(of_files if is_file else headers)", (
            '        response.headers.update(of_files if is_file else headers)\n        '
            'response.set_cookie("seen", "1")'
        ), f"{CHECKS}::test_t05_no_answer_sets_a_cookie",
    ),
    Mutant(
        "form-makes-an-entry", "a form pressed before its script came loads the page anew", EXIT,
        'if (!/** @type {Element} */ (event.target).getAttribute("action")) event.preventDefault();', "",
        f"{MOVING}::test_a_form_whose_script_has_not_come_makes_no_entry",
    ),
    Mutant("referrer", "no Referrer-Policy", HEADERS, '        "Referrer-Policy": "no-referrer",\n', "",
    f"{CHECKS}::test_t04_the_headers_have_these_values"),
    Mutant(
        "loose-policy", "the policy lets inline script run", HEADERS,
        '"script-src": "\'self\'"', '"script-src": "\'self\' \'unsafe-inline\'"',
        "tests/house/test_house.py::test_the_policy_starts_from_nothing",
    ),
    Mutant(
        "stored-pages", "pages are stored on the phone's disk", HEADERS,
        'setdefault("Cache-Control", "no-store")', 'setdefault("Cache-Control", "max-age=600")',
        f"{CHECKS}::test_t06_no_answer_is_stored",
    ),
    Mutant(
        "third-party", "a script from elsewhere", "youthapp/templates/layouts/base.html",
        "{% block head %}{% endblock %}", (
            '<script src="https://count.example/c.js" defer></script>{% block head %}{% '
            'endblock %}'
        ),
        "tests/house/test_house.py::test_every_page_keeps[no_foreign_address-en]",
    ),
    Mutant(
        "telling-title", "the tab says what is read", "youthapp/templates/layouts/base.html",
        "{{ section_word(section) }} · {% endif %}{{ settings.name }}</title>",
        "{{ section_word(section) }} · {% endif %}{{ settings.name }} · youth safety</title>",
        "tests/house/test_house.py::test_every_page_keeps[titles_and_previews_say_nothing-en]",
    ),
    Mutant(
        "query-kept", "an unknown query stays in the address", "youthapp/web/canonical_urls.py",
        "if request.path == unquote(canonical) and not request.query_string:", "if request.path == unquote(canonical):",
        "tests/web/test_answers.py::test_an_unknown_query_is_sent_to_the_clean_address",
    ),
    Mutant(
        "remembered-field", "the browser may remember what is typed into the list",
        "youthapp/templates/components/keep.html",
        '{% macro quiet_field() %}autocomplete="off" ', "{% macro quiet_field() %}",
        "tests/plan/test_rules.py::test_no_field_of_the_list_is_remembered_named_or_corrected",
    ),
    Mutant(
        "plain-value", "the list is kept as a value, which stays readable after it is deleted, and not as a Blob",
        "static/js/plan/store.js",
        "store.put(new Blob([box]), BOX + worn);", (
            "store.put(new Blob([box]), BOX + worn); store.put(box, TRIES + "
            "TRIES);"
        ),
        "tests/plan/test_rules.py::test_one_module_names_storage",
    ),
    Mutant(
        "unsealed", "the words of the list are kept unsealed", "static/js/plan/sealed.js",
        "return joined(start, await veiled(veil, start, joined(nonce, new Uint8Array(sealed))));",
        "return joined(start, nonce, text, random(16 + steps * STEP - text.length));",
        f"{PLAN_TRACES}::test_kept_locked_left_erased_and_started_again_no_file_holds_a_word",
    ),
    Mutant(
        "words-stay-on-lock", "a lock leaves the words in the page", "static/js/plan/plan.js",
        "  const { root, all, maybe } = page;\n  fill(page, {});", "  const { root, all, maybe } = page;",
        f"{KEEPING}::test_a_lock_takes_the_list_out_of_the_page_and_of_memory",
    ),
    Mutant(
        "guessing-is-free", "wrong PINs can be tried one after the other", "static/js/plan/session.js",
        "  if (wait > 0) {", "  if (wait > 1e9) {",
        f"{KEEPING}::test_t36_the_wait_is_served_before_a_try_and_not_only_told",
    ),
    Mutant(
        "second-pin-resets", "who knows the second PIN can guess the first one for ever", "static/js/plan/attempts.js",
        "erasing: second ? erasing : 0", "erasing: 0",
        f"{KEEPING}::test_a_right_second_pin_does_not_set_the_wrong_tries_back",
    ),
    Mutant(
        "tries-together", "tabs that try together are counted once", "static/js/plan/session.js",
        'if (navigator.locks) return await navigator.locks.request("n", work);', "return await work();",
        f"{KEEPING}::test_tries_in_many_tabs_are_all_counted",
    ),
    Mutant(
        "opens-left", "a page that is left does not stop a try", "static/js/plan/session.js",
        'addEventListener("pagehide", hide);', "",
        f"{KEEPING}::test_a_list_does_not_open_on_a_page_that_was_hidden_or_left_meanwhile[pagehide]",
    ),
    Mutant(
        "held-file", "done is said while something holds the sealed file", "static/js/plan/store.js",
        "let letGo = overwritten && !readInPage && (await fallsTo(fallen));", "let letGo = true;",
        f"{PLAN_TRACES}::test_a_file_that_something_else_holds_is_told_however_often_the_list_was_saved[30]",
    ),
    Mutant(
        "small-list", "a list of one word is never told to be gone", "static/js/plan/store.js",
        "const LEAST_FALL = 4096;", "const LEAST_FALL = 8328;",
        f"{PLAN_TRACES}::test_a_list_of_one_word_is_erased_and_done_is_said[erase]",
    ),
    Mutant(
        "book-stays", "Forget leaves the saved book", "static/js/forget.js",
        "finally { await dropAll(); }", "finally {}",
        f"{MOVING}::test_t27_forget_goes_in_order_looks_says_done_and_leaves",
    ),
    Mutant(
        "asked-too-late", "Forget looks again after the server's answer, so that WebKit writes a file with our name",
        "static/js/forget.js", "if (left && (await isLeft()))", "if (await isLeft())",
        f"{MOVING}::test_t27_forget_goes_in_order_looks_says_done_and_leaves",
    ),
    Mutant(
        "plan-stays", "Forget says done without taking the list off", "static/js/plan/store.js",
        "indexedDB.deleteDatabase(NAME)", 'indexedDB.deleteDatabase(NAME + "n")',
        f"{KEEPING}::test_erasing_leaves_nothing_and_says_so_after_looking",
    ),
    Mutant(
        "link-wipes", "a tapped link wipes a plan", "youthapp/leave/__init__.py",
        '    return cacheable(make_response(_blank(go_on=True)))', (
            '    answer = make_response(_blank(go_on=True))\n    answer.headers["Clear-Site-Data"] = CLEAR\n    return '
            'answer'
        ),
        "tests/leave/test_leave.py::test_a_link_cannot_wipe_a_plan",
    ),
    Mutant(
        "question-sent", "the question goes to the server", "static/js/ask/ask.js",
        '  field.addEventListener("input", typed);', (
            '  field.addEventListener("input", typed);\n  '
            'field.addEventListener("input", () => fetch("/healthz", { '
            'method: "POST", body: field.value }));'
        ),
        "tests/browser/test_ask.py::test_a_question_goes_nowhere",
    ),
    Mutant(
        "path-in-log", "a failed request writes its path down", "youthapp/web/errors.py",
        'log.error("error 500: %s at %s", type(error).__name__, raised_at(error) or "?")',
        'log.error("error 500: %s at %s %s", type(error).__name__, raised_at(error) or "?", request.path)',
        "tests/web/test_answers.py::test_an_exception_is_a_whole_page_and_a_log_line_without_a_path",
    ),
    Mutant(
        "server-log", "the server writes a line a visit", "youthapp/serve.py", "log_access=False", "log_access=True",
        "tests/test_server.py::test_the_log_holds_nothing_about_a_reader",
    ),
    Mutant(
        "proxy-log", "the example of a proxy writes a line a visit", "deploy/nginx.conf",
        "server_tokens off;\n\n    # nginx takes", (
            "server_tokens off;\n    access_log /var/log/nginx/porchlight.log;"
            "\n\n    # nginx takes"
        ),
        "tests/deploy/test_nginx.py::test_t31_nginx_as_we_ship_it_writes_nothing_about_a_visit",
    ),
    Mutant(
        "paper", "the browser prints its head and foot, with our name and address", "static/css/base.css",
        "@page{margin:0}", "@page{margin:14mm}",
        "tests/browser/test_paper.py::test_t37_paper_names_neither_us_nor_the_day[en]",
    ),
    Mutant(
        "part-in-code-cache", "only scripts of opened parts are fetched, so that the code cache names these parts",
        "static/js/loading.js", 'const names = ["plan", "finder", "deferred"];', 'const names = ["deferred"];',
        f"{TRACES}::test_t20_the_code_cache_does_not_say_which_part_was_opened",
    ),
    Mutant(
        "no-free-thread", "slow senders may take every thread of a worker", LIMITS,
        "threading.BoundedSemaphore(FORMS_AT_ONCE)", "threading.BoundedSemaphore(FORMS_AT_ONCE + 9)",
        f"{LIMITED}::test_the_last_free_thread_takes_no_form_and_goes_on_serving_readers",
    ),
    Mutant(
        "caddy-drips", "the Caddyfile hands bodies on as slowly as they come", "deploy/Caddyfile",
        "\t\tbuffer_requests\n", "", "tests/deploy/test_caddy.py::test_senders_who_drip_hold_no_worker",
    ),
    Mutant(
        "slow-unicode", "a line of any length is normalised before it is measured", FORMS,
        'return unicodedata.normalize("NFC", text) if len(text) <= MOST_TYPED else text',
        'return unicodedata.normalize("NFC", text)',
        "tests/outreach/test_pages.py::"
        "test_a_long_line_is_refused_before_unicode_makes_it_slow_and_is_not_sent_back",
    ),
    Mutant(
        "broken-host", "a Host that is no name fails outside of our pages", LIMITS,
        "if host and not (len(host) <= _MOST_HOST_CHARACTERS and _HOST.fullmatch(host)):", "if host is None:",
        f"{LIMITED}::test_a_host_that_is_no_host_name_is_refused_with_a_page_of_ours",
    ),
    Mutant(
        "traceback-in-log", "what fails outside of Flask is left to the server, which logs path and traceback", LIMITS,
        "            log_exception(error)\n", "            raise\n",
        f"{LIMITED}::test_what_fails_outside_of_flask_is_a_short_page_and_one_line_in_the_log",
    ),
    Mutant(
        "opens-hidden", "a list opens on a page that was hidden while its PIN was worked on",
        "static/js/plan/session.js",
        "  if (!wanted()) return false;\n  install(opened.vault);", "  install(opened.vault);",
        f"{KEEPING}::test_a_list_does_not_open_on_a_page_that_was_hidden_or_left_meanwhile[hidden]",
    ),
    Mutant(
        "empty-second", "the second list begins empty, so that it looks like nobody's", "static/js/plan/keep_panel.js",
        "const picks = await picksFor(root, other);", "const picks = [];",
        f"{KEEPING}::test_the_second_list_is_drawn_for_this_phone_from_choices_that_say_nothing",
    ),
    Mutant(
        "sizes-tell", "pages are sent as long as they are", "youthapp/web/padding.py", "STEP = 512\n", "STEP = 1\n",
        "tests/web/test_padding.py::test_sizes_name_at_most_one_view_in_twenty",
    ),
    Mutant(
        "endless-aliases", "a file has other spellings of its address", "youthapp/web/static_files.py",
        'regex = r"[A-Za-z0-9_-]+(?:[./][A-Za-z0-9_-]+)*"', 'regex = r".+"', f"{CACHED}::test_a_file_has_one_address",
    ),
    Mutant(
        "long-name", "a name too long for the file system fails with the name in it", "youthapp/web/static_files.py",
        "if len(value) > LONGEST_NAME or not has(value):", "if not (STATIC / value).stat():",
        f"{CACHED}::test_a_file_has_one_address",
    ),
    Mutant(
        "endless-parts", "a backup that names endless parts freezes the page", "static/js/plan/sealed.js",
        "if (count > MOST_CODES || codes", "if (codes",
        "tests/plan/test_sealed.py::test_a_backup_says_what_is_wrong_with_it",
    ),
    Mutant(
        "script-in-chat", "an organisation's chat address may be a script", "youthapp/library/values.py",
        'good = parts.scheme == "https" and bool(parts.hostname) and "." in (parts.hostname or "") and not '
        "parts.username", "good = bool(value)", "tests/test_wrong_input.py::test_a_wrong_input_does_not_start_and_is_named",
    ),
    Mutant(
        "long-languages", "a list of languages of any length is parsed", LIMITS,
        "MOST_LANGUAGE_CHARACTERS = 256", "MOST_LANGUAGE_CHARACTERS = 10**9",
        f"{LIMITED}::test_only_the_start_of_a_long_list_of_languages_is_read",
    ),
    Mutant(
        "half-headers", "a thousand senders of half headers keep readers out", "youthapp/serve.py",
        "MOST_CONNECTIONS = 4096", "MOST_CONNECTIONS = 64",
        "tests/test_server.py::test_senders_who_never_finish_their_headers_leave_readers_their_pages",
    ),
    Mutant(
        "broken-fragment", "Back throws after an address with a broken fragment", "static/js/navigation_rules.js",
        "  } catch (error) {\n    return fragment;", "  } catch (error) {\n    throw error;",
        f"{MOVING}::test_own_back_works_after_an_address_with_a_broken_fragment",
    ),
    Mutant(
        "chunked-forget", "a body in chunks is taken where no form is", LIMITS,
        ' or "HTTP_TRANSFER_ENCODING" in environ', "", f"{LIMITED}::test_a_body_is_not_read_where_no_form_is",
    ),
    Mutant(
        "rendered-twice", "an address that is not there is rendered twice", "youthapp/web/page_cache.py",
        "            if self.needs_request(path):\n", "            if self.render(path).response() is None:\n",
        f"{CACHED}::test_a_request_reaches_the_app_once",
    ),
    Mutant(
        "weak-words", "the PIN's words are drawn from a few", "static/js/plan/passphrase.js",
        "list[number % list.length]", "list[number % 1]",
        f"{KEEPING}::test_three_words_are_drawn_for_a_pin",
    ),
    Mutant(
        "weeks", "one page says that a phone keeps a list for weeks, another says a week", "youthapp/plan/sentences.py",
        "if you do not open it for a week", "after some weeks",
        f"{CHECKS}::test_how_long_a_phone_keeps_a_list_is_said_alike",
    ),
)  # fmt: skip


def copy_of_the_tree(folder: Path) -> Path:
    """Return a copy to break, with times kept, so that what was compiled stays newer than what it was made from."""
    tree = folder / "tree"
    shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns(*NOT_COPIED), symlinks=True)
    (tree / "node_modules").symlink_to(ROOT / "node_modules")
    return tree


def build(tree: Path) -> None:
    """Make what is made from sources, as `make setup` does: the scripts' bundle where there is one, and the library's
    snapshot."""
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    if "build" in json.loads((tree / "package.json").read_text("utf-8")).get("scripts", {}):
        subprocess.run(["npm", "run", "--silent", "build"], cwd=tree, env={**os.environ, "PATH": path}, check=True)
    subprocess.run([sys.executable, "-m", "youthapp", "content", "compile"], cwd=tree, check=True, capture_output=True)


def run(tree: Path, *tests: str) -> tuple[bool, str]:
    """Run tests in the copy. Returns whether a test failed (not: whether pytest stumbled), and the last lines."""
    command = [sys.executable, "-m", "pytest", "-n", "0", "-q", "-x", "--no-header", "-p", "no:cacheprovider", *tests]
    told = subprocess.run(command, cwd=tree, capture_output=True, text=True)
    if told.returncode not in (0, 1):
        raise SystemExit(f"pytest did not run {tests}:\n{told.stdout[-2000:]}{told.stderr[-2000:]}")
    return told.returncode == 1, told.stdout[-1500:]


def main(names: list[str]) -> int:
    """Try all mutants, or those named. Returns how the program ends."""
    unknown = set(names) - {mutant.name for mutant in MUTANTS}
    if unknown:
        raise SystemExit(
            f"No mutant is called {', '.join(sorted(unknown))}. There are: "
            f"{', '.join(mutant.name for mutant in MUTANTS)}."
        )
    chosen = [mutant for mutant in MUTANTS if not names or mutant.name in names]
    with tempfile.TemporaryDirectory() as folder:
        tree = copy_of_the_tree(Path(folder))
        build(tree)
        failed, said = run(tree, *dict.fromkeys(mutant.test for mutant in chosen))
        if failed:
            raise SystemExit(f"A test fails without any defect, so it catches none:\n{said}")
        print(f"Without a defect: {len({mutant.test for mutant in chosen})} tests pass.", flush=True)
        survivors = []
        for mutant in chosen:
            file = tree / mutant.file
            whole = file.read_text("utf-8")
            if whole.count(mutant.old) != 1:
                raise SystemExit(
                    f"{mutant.name}: the text to replace stands {whole.count(mutant.old)} times in {mutant.file}"
                )
            file.write_text(whole.replace(mutant.old, mutant.new), "utf-8")
            began = time.monotonic()
            build(tree)
            caught, _said = run(tree, mutant.test)
            file.write_text(whole, "utf-8")
            survivors += [] if caught else [mutant.name]
            print(
                f"{'caught  ' if caught else 'SURVIVED'}  {mutant.name:22} {time.monotonic() - began:4.0f} s  "
                f"{mutant.what}  ({mutant.test.rpartition('::')[2]})",
                flush=True,
            )
    print(f"{len(chosen) - len(survivors)} of {len(chosen)} caught.")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
