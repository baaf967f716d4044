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
    "Menus differ, and we couldn't test each phone.": LIMIT,
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

BOOK, KEEPING, ERASED = (
    "tests/browser/test_offline_book.py",
    "tests/browser/test_plan_keeping.py",
    "tests/browser/test_plan_traces.py",
)
SEALED_ON_DISK = (f"{ERASED}::test_kept_locked_left_erased_and_started_again_no_file_holds_a_word",)
GONE = (f"{ERASED}::test_done_is_said_when_no_sealed_file_is_left_and_the_page_is_still_open",)
LOCKS = (f"{KEEPING}::test_a_lock_takes_the_list_out_of_the_page_and_of_memory",)
FAILED_SAVE = (f"{KEEPING}::test_a_save_that_fails_says_so_and_loses_nothing_on_the_screen",)
REFUSED = (f"{KEEPING}::test_what_cannot_be_read_is_told_and_harms_nothing",)
STAYS_HERE = (
    f"{KEEPING}::test_nothing_is_kept_until_it_is_asked_for",
    "tests/plan/test_rules.py::test_scripts_of_the_plan_name_no_network_call_and_write_nothing_down",
)

ELSEWHERE: dict[str, tuple[str, ...] | str] = {
    # The saved book and the icon.
    "The most urgent pages are on this phone now.": (
        f"{BOOK}::test_save_data_takes_the_core_and_the_rest_only_when_asked",
    ),
    "This phone has no room for more.": (f"{BOOK}::test_a_full_disk_keeps_the_core_and_says_so",),
    "What matters most is kept.": (f"{BOOK}::test_a_full_disk_keeps_the_core_and_says_so",),
    "It did not arrive whole, so none of it was kept.": (f"{BOOK}::test_a_damaged_book_is_dropped",),
    "This phone has no room for it.": (f"{BOOK}::test_a_full_disk_keeps_the_core_and_says_so",),
    "Removed from this phone.": (f"{BOOK}::test_remove_takes_all_of_it_away",),
    "Every page is on this phone.": (f"{BOOK}::test_one_tap_and_every_page_opens_with_the_server_gone",),
    "You can keep every page on this phone.": (f"{BOOK}::test_one_tap_and_every_page_opens_with_the_server_gone",),
    "If the signal goes away, nothing is half kept.": (
        f"{BOOK}::test_the_network_dies_in_the_middle_and_the_next_try_is_whole",
    ),
    "The phone's settings will show that this site keeps data, not what you read.": LIMIT,
    "In the phone's settings, under stored data, the name of this site stands with a size.": LIMIT,
    "Someone who opens this site on your phone with no signal sees that it works.": LIMIT,
    "This browser cannot keep pages.": LIMIT,
    "Another browser on this phone may.": WORDS,
    "To keep pages, this browser has to allow scripts.": WORDS,
    "Tap “Remove it from this phone” on this page, on Home, on Talk or on Plan.": WORDS,
    "Anyone who holds this phone can see an icon, tap it, and see what opens.": LIMIT,
    "The name is only on this phone.": (
        "tests/offline/test_offline.py::test_a_manifest_says_nothing_and_its_pictures_are_there",
    ),
    "What you kept for no signal and your plan may stay in the browser: “Forget” removes them.": (
        f"{FORGET}::test_t28_after_forget_and_a_dead_battery_no_byte_tells_what_was_kept",
    ),
    "Nothing is lost.": (f"{BOOK}::test_the_network_dies_in_the_middle_and_the_next_try_is_whole",),
    # The list, its lock and its end.
    "Nothing is on the card yet.": WORDS,
    "Keep it, and it stays here, locked.": SEALED_ON_DISK,
    "Nothing is sent.": STAYS_HERE,
    "Kept.": SEALED_ON_DISK,
    "Kept on this phone.": SEALED_ON_DISK,
    "Only this phone has it.": STAYS_HERE,
    "We never send it anywhere to be kept.": STAYS_HERE,
    "We never see your plan, so a lost PIN can't be reset.": STAYS_HERE,
    "It says nothing of this app.": ("tests/browser/test_paper.py::test_t37_paper_names_neither_us_nor_the_day",),
    "Nothing is ticked.": ("tests/browser/test_plan_keeping.py::test_the_paper_reads_as_any_list_and_fits_a_sheet",),
    "Careful: a new second PIN, another choice about 10 tries, or no PIN can end a list that opens with another PIN.":
        LIMIT,
    "Second PIN: set.": (f"{KEEPING}::test_what_was_kept_is_said_in_the_place_of_the_form_and_the_pin_can_be_tried",),
    "That is the second PIN.": (
        f"{KEEPING}::test_what_was_kept_is_said_in_the_place_of_the_form_and_the_pin_can_be_tried",
    ),
    "A second PIN needs a first one.": (f"{KEEPING}::test_pins_are_checked_in_words",),
    "Type your PIN again to change this.": WORDS,
    "Opens with your PIN.": (
        f"{KEEPING}::test_what_was_kept_is_said_in_the_place_of_the_form_and_the_pin_can_be_tried",
    ),
    "Opens without a PIN.": LIMIT,
    "Your list is still open, so you can change the PIN.": (
        f"{KEEPING}::test_what_was_kept_is_said_in_the_place_of_the_form_and_the_pin_can_be_tried",
    ),
    "The phone is full, so the last change is not kept.": FAILED_SAVE,
    "Something went wrong, and the last change is not kept.": FAILED_SAVE,
    "The last change is not kept.": FAILED_SAVE,
    "The phone threw away what was kept.": FAILED_SAVE,
    "The PIN was changed in another tab.": (f"{KEEPING}::test_two_tabs_never_lose_a_write",),
    "Another tab kept a list meanwhile.": (f"{KEEPING}::test_two_tabs_never_lose_a_write",),
    "What is kept here is damaged.": REFUSED,
    "You can erase it, then bring it back from a backup.": WORDS,
    "A newer version of this app kept this list.": REFUSED,
    "A newer version of this app made this code.": (
        "tests/plan/test_sealed.py::test_a_backup_says_what_is_wrong_with_it",
    ),
    "This browser cannot lock a list, so it cannot be kept here.": LIMIT,
    "This browser does not let us keep anything here.": (
        f"{KEEPING}::test_keeping_where_the_browser_refuses_says_so",
    ),
    "It may be a private tab.": WORDS,
    "This phone may throw it away if you do not open it for a week.": LIMIT,
    "We looked: nothing of your list is kept on this phone.": GONE,
    "Your list is erased.": GONE,
    "The browser lets go of its locked files when you close this tab.": (
        f"{ERASED}::test_files_that_the_browser_still_holds_are_told",
    ),
    "Close the other tabs of this app, then try again.": WORDS,
    "The call stays in the list of calls on this phone and on theirs.": LIMIT,
    "It stays in the messages of this phone and of theirs.": LIMIT,
    "This browser runs no script here, so what you tick cannot be locked, and is not kept.": (
        f"{KEEPING}::test_without_script_there_is_a_paper_to_fill_and_the_reason",
    ),
    "A locked code and six words bring your list back, on this phone or another one.": (
        f"{KEEPING}::test_a_backup_comes_back_on_another_phone_by_picture_and_by_text",
    ),
    "A file stays in the downloads of this phone, where others can see that it is there.": LIMIT,
    "The picture cannot be read here now.": LIMIT,
    "Without internet, or in an old browser, paste the text of the code.": LIMIT,
    "This browser is too old to open this code.": LIMIT,
    "It is back, and kept with your list.": (
        f"{KEEPING}::test_a_backup_comes_back_on_another_phone_by_picture_and_by_text",
    ),
    "A backup needs a script to lock it, and this browser runs none here.": LIMIT,
    "It stops a person who holds your phone and looks around.": LOCKS,
    "Wrong tries have to wait, so 6 numbers or any 3 words hold.": (
        f"{KEEPING}::test_t36_the_wait_is_served_before_a_try_and_not_only_told",
    ),
    "Someone who can copy this phone’s files can try without waiting.": LIMIT,
    "A plain computer needs minutes for 4 numbers, about 2 days for 6, and years for 3 words that this app drew.":
        LIMIT,
    "A person who knows this app can ask if there is a second PIN.": LIMIT,
    "If you forget the PIN, nobody can open the list.": (
        "tests/plan/test_sealed.py::test_the_second_implementation_opens_what_the_phone_sealed",
    ),
    "A PIN slows people down.": (f"{KEEPING}::test_the_wait_grows_with_wrong_tries_and_outlives_a_reload",),
    "A second PIN can help some people, but someone who knows this app may ask for it.": LIMIT,
    "Clearing browser data deletes it too.": LIMIT,
    "“Forget” removes the plan, but the name of this site may stay.": (
        f"{FORGET}::test_t28_after_forget_and_a_dead_battery_no_byte_tells_what_was_kept",
    ),
    # What the limits' own pages say.
    "Exit changes the screen fast, but it doesn't erase that you were here.": LIMIT,
    "Other tabs of this app leave too, when the phone lets them.": (f"{LEAVING}::test_t23_other_tabs_leave_too",),
    "Your phone may still keep the name of this site.": LIMIT,
    "“Forget” does that.": (f"{MOVING}::test_t27_forget_goes_in_order_looks_says_done_and_leaves",),
    "Yes, your phone may keep the name of this site.": LIMIT,
    "In some browsers one visit shows as one plain line.": (
        f"{TRACES}::test_t19_a_visit_is_one_neutral_row_and_after_exit_it_is_not_listed",
    ),
    "Other browsers may list more.": LIMIT,
    "Wiping your whole history can make someone ask why.": LIMIT,
    "In our tests on computers, even a full wipe left this site's name in the browser's own files.": LIMIT,
    "The address bar may offer this site when you type.": LIMIT,
    "A private tab keeps a visit out of the history on this phone.": PRIVATE,
    "Close it when you're done, because an open private tab can be seen.": WORDS,
    "In our tests on computers, a closed private tab left nothing in the browser's own files.": PRIVATE,
    "A plan you keep in a private tab goes away when you close it.": PRIVATE,
    "To open one, look in the browser's menu.": WORDS,
    "On this phone, a private tab leaves less.": PRIVATE,
    "A private tab helps on many phones.": WORDS,
    "If someone set up this phone or knows its password, they might see what you do here.": LIMIT,
    "Private tabs, Exit and a PIN don't stop it.": LIMIT,
    "Someone may see them without touching this phone.": LIMIT,
    "A web chat leaves less on a bill, but it can show in the history.": LIMIT,
    "If you send a link to this site, it shows as a plain site.": (
        "tests/house/test_house.py::test_every_page_keeps",
    ),
    "Then the app's company knows the link was sent.": LIMIT,
    "We don't ask who you are, and we don't keep a record of visits.": (
        "tests/test_server.py::test_the_log_holds_nothing_about_a_reader",
        "tests/test_checks.py::test_t05_no_answer_sets_a_cookie",
    ),
    "A private tab doesn't change this.": LIMIT,
    "Nothing you tap is kept.": ("tests/browser/test_tools.py::test_a_day_shows_what_still_works_first",),
    "Most of these are best kept in your head.": WORDS,
}  # fmt: skip
"""What other pages of a youth say about what is kept, sent and seen, and what the plan's scripts say."""
