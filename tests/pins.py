"""What the pages promise about privacy, sentence by sentence, and the tests that hold each one; tests/test_checks.py
reads the pages.

A sentence that stands on one of these pages and is not here fails the test: nothing is promised that nothing holds.
`LIMIT` marks a sentence that tells what we can not do; it promises nothing, and is here so that it does not go away
unnoticed.
"""

LIMIT = "a limit, not a promise"
WORDS = "guidance, not a promise"

TRACES, MOVING, LEAVING = (
    "tests/browser/test_traces.py",
    "tests/browser/test_navigation.py",
    "tests/browser/test_exit.py",
)
FORGET, CHECKS, LINE = (
    "tests/browser/test_forget_traces.py",
    "tests/test_checks.py",
    "tests/browser/test_history_line.py",
)

PRIVATE = (f"{TRACES}::test_t29_a_private_window_leaves_nothing_at_all",)
ONE_LINE = (f"{LINE}::test_one_line_comes_off_in_chrome_on_a_computer_as_the_page_says",)

ABOUT = {
    "Nothing.": (f"{TRACES}::test_t15_reading_twenty_pages_keeps_nothing",),
    "There is no account and no cookie.": (
        f"{CHECKS}::test_t05_no_answer_sets_a_cookie",
        "tests/house/test_house.py::test_every_answer_wears_exactly_our_headers",
    ),
    "We do not count you, and we keep no record of what you read.": (
        "tests/test_server.py::test_the_log_holds_nothing_about_a_reader",
        "tests/deploy/test_nginx.py::test_t31_nginx_as_we_ship_it_writes_nothing_about_a_visit",
        f"{TRACES}::test_t14_no_other_host_was_asked",
    ),
    "The company that runs the wires can see for a short time that a phone asked this site for pages.": LIMIT,
    "Exit changes the screen fast.": (
        f"{LEAVING}::test_t24_the_cover_stands_in_the_same_task_while_the_other_site_hangs",
    ),
    "It does not erase that you were here.": LIMIT,
    "The browser may keep the name of this site.": (f"{TRACES}::test_the_search_finds_what_is_there",),
    "Is this phone safe?": WORDS,
    "If you add it to the home screen, the icon can be seen.": LIMIT,
    "You don’t need one.": WORDS,
    "Use Back at the top of the page to go back inside.": (
        f"{MOVING}::test_own_back_goes_the_way_we_came_and_to_where_we_were",
    ),
    "The phone’s own Back leaves at once, unless scripts are off.": (
        f"{LEAVING}::test_t22_back_from_another_site_does_not_show_us",
        f"{MOVING}::test_without_script_links_are_links",
    ),
    "What our facts rest on": WORDS,
    "They were held against stored copies of public pages.": (f"{CHECKS}::test_the_about_page_counts_who_has_checked",),
    "Nobody has called or texted the lines yet to check them.": (
        f"{CHECKS}::test_the_about_page_counts_who_has_checked",
    ),
}
"""The about page: what it keeps, what it cannot hide, moving around, and who has checked."""

PHONE = {
    "If someone set up this phone or knows its code, they might see what you do here.": LIMIT,
    "A phone they cannot touch is better.": WORDS,
    "Another phone or computer: a friend’s, a school’s, a library’s, a clinic’s.": WORDS,
    "A private tab.": PRIVATE,
    "Close it when you are done.": WORDS,
    "It does not stop a spy app.": LIMIT,
    "A talk with an advocate, before you change or delete things.": WORDS,
    "Talk to someone": WORDS,
    "You can delete one page and leave the rest, because an empty history can get noticed.": LIMIT,
    "You know best what gets noticed.": WORDS,
    "Chrome on Android: open the menu (three dots), then History.": WORDS,
    "Tap the trash can at the end of the line.": WORDS,
    "Firefox on Android: open the menu, then History.": WORDS,
    "Tap the X at the end of the line.": WORDS,
    "Chrome on a computer or Chromebook: open the menu, then History.": ONE_LINE,
    "Tap the dots at the end of the line, then “Delete from history”.": ONE_LINE,
    "Firefox on a computer: open History, right-click the line, then “Delete Page”.": WORDS,
    "For Safari on iPhone and for Samsung's browser we found no steps that we could check.": LIMIT,
    "Look for History in the menu.": WORDS,
    "Menus differ.": LIMIT,
    "We tried the steps for Chrome on a computer.": ONE_LINE,
    "The others we read in the browser's own code.": LIMIT,
    "Other devices with the same account may still show the line.": LIMIT,
    "In our tests on computers, a private tab left nothing once it was closed.": PRIVATE,
    "Reading keeps nothing.": (
        f"{TRACES}::test_t15_reading_twenty_pages_keeps_nothing",
        f"{TRACES}::test_t20_no_byte_of_the_profile_says_what_was_read",
    ),
    "If you kept a plan or saved pages, Forget takes them off.": (
        f"{FORGET}::test_t28_after_forget_and_a_dead_battery_no_byte_tells_what_was_kept",
    ),
    "The browser itself may keep the name of this site.": (f"{TRACES}::test_the_search_finds_what_is_there",),
    "Forget can’t take that off.": LIMIT,
    "Forget": WORDS,
}
"""Is this phone safe? The folds are records with sources of their own."""

FORGET_PAGE = {
    "This takes your plan, your settings and saved pages off this phone.": (
        f"{FORGET}::test_t28_after_forget_and_a_dead_battery_no_byte_tells_what_was_kept",
        f"{FORGET}::test_t28c_no_file_of_ours_is_left",
    ),
    "You can’t undo it.": (f"{FORGET}::test_t28b_nor_after_one_more_start",),
    "It does not touch the browser’s history.": LIMIT,
    "A history that is suddenly empty can get noticed.": LIMIT,
    "How to take off one line": WORDS,
    "In our tests on computers, a private tab left nothing once it was closed.": PRIVATE,
    "Forget now, then exit": (f"{MOVING}::test_t27_forget_goes_in_order_looks_says_done_and_leaves",),
    "Taking it off this phone…": WORDS,
    "Done.": (f"{MOVING}::test_forget_does_not_say_done_when_something_is_left",),
    "We looked: nothing of ours is kept here now.": (
        f"{MOVING}::test_forget_does_not_say_done_when_something_is_left",
    ),
    "Leaving.": (f"{MOVING}::test_t27_forget_goes_in_order_looks_says_done_and_leaves",),
    "Not all of it is gone.": (f"{MOVING}::test_forget_does_not_say_done_when_something_is_left",),
    "Close other tabs of this app and try again.": WORDS,
}
