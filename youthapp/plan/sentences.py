"""What the scripts of the list say: one table a language, which every page with a part of the list fetches as JSON."""

from flask_babel import gettext as _


def sentences() -> dict[str, str]:
    """Return the sentences by their keys, in the reader's language; {holes} are filled by the phone
    (static/js/plan/plan.js)."""
    return {
        "nothing": _("Nothing picked yet. Start anywhere."),
        "picked": _("{n} picked"),
        "kept": _("Kept on this phone."),
        "memory": _("Not saved yet."),
        "no-script-storage": _("This browser cannot lock a list, so it cannot be kept here. You can print it."),
        "refused": _(
            "This browser does not let us keep anything here. It may be a private tab. Your list is still on this "
            "screen."
        ),
        "full": _("The phone is full, so the last change is not kept. Your list is still on this screen."),
        "too-long": _("The list is too long to keep. Make some words shorter."),
        "broken": _(
            "Something went wrong, and the last change is not kept. Your list is still on this screen. You can try "
            "again."
        ),
        "erased": _("The phone threw away what was kept. Your list is still on this screen. You can keep it again."),
        "pin-changed": _(
            "The PIN was changed in another tab. The last change is not kept. Your list is still on this screen."
        ),
        "damaged": _("What is kept here is damaged. You can erase it, then bring it back from a backup."),
        "newer": _("A newer version of this app kept this list. Load the page again when you have signal."),
        "wrong": _("That did not open it."),
        "wait": _("Trying again in {n} seconds."),
        "trying": _("Opening."),
        "short": _("Use 4 numbers or letters, or more."),
        "four": _("4 numbers stop a quick look only. Words are stronger."),
        "drawn": _("Learn these words, or write them down. Nothing shows them again. Then tap Keep."),
        "not-drawn": _("The words did not come. Try again when you have signal."),
        "same": _("The two PINs must be different."),
        "two-first": _("A second PIN needs a first one."),
        "pin-again": _("Type your PIN again to change this."),
        "opens-pin": _("Opens with your PIN."),
        "opens-bare": _("Opens without a PIN."),
        "try-first": _("Yes, that opens it."),
        "try-second": _("That is the second PIN. It opens the second list."),
        "try-wrong": _("That is not it. Your list is still open, so you can change the PIN."),
        "changed": _("Another tab kept a list meanwhile. Load this page again."),
        "keep-first": _("Keep it on this phone"),
        "keep-more": _("Keep this PIN"),
        "keeping": _("Keeping it."),
        "done-keep": _("Kept. Only this phone has it. A backup on paper is wise."),
        "may-go": _("Kept. This phone may throw it away if you do not open it for a week. A backup on paper is wise."),
        "erasing": _("Erasing."),
        "done-erase": _("Done. We looked: nothing of your list is kept on this phone."),
        "files-held": _("Your list is erased. The browser lets go of its locked files when you close this tab."),
        "not-erased": _("It is not all gone yet. Close the other tabs of this app, then try again."),
        "up": _("Up: {what}"),
        "down": _("Down: {what}"),
    }
