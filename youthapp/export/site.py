"""What an export holds, in one value: every address with its bytes, and what a host must know to answer as the app
does."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import PurePosixPath

from ..web.page_cache import CachedResponse

Headers = tuple[tuple[str, str], ...]

_HOST_SETS = ("content-type", "content-length", "vary", "allow")
"""Headers that a host makes itself, or that hang on the request."""

FOR_HOSTS = ("nginx.conf", "Caddyfile")
"""The hosts' configurations. They lie in the export's root and are not part of the site."""


def kept_headers(headers: Iterable[tuple[str, str]]) -> Headers:
    """Return the headers of an answer that a host must be told to send."""
    return tuple(pair for pair in headers if pair[0].lower() not in _HOST_SETS)


@dataclass(frozen=True, eq=False)
class Leaf:
    """One address and what is there."""

    address: str
    copy: CachedResponse
    compressed: bool = True
    """Whether the host may send it in another encoding; the app compresses what is the same for every reader."""

    @property
    def file(self) -> str:
        """The file it is written to, from the export's root: ``en/talk.html``, ``en/index.html``,
        ``static/…/exit.js``."""
        if not self.copy.content_type.startswith("text/html"):
            return self.address[1:]
        return f"{self.address[1:]}index.html" if self.address.endswith("/") else f"{self.address[1:]}.html"

    @property
    def ending(self) -> str:
        """The file's ending with its dot, "" when it has none. A dot at the front of a name begins no ending."""
        return PurePosixPath(self.file).suffix

    @property
    def headers(self) -> Headers:
        """All headers but the Content-Type and what the host makes itself."""
        return kept_headers(self.copy.headers)


@dataclass(frozen=True)
class Forget:
    """The one POST that a host answers: Forget asks for it, and the browser then drops what it holds for this site."""

    path: str
    """Under a language (``/x``); pages that were open before a release ask without one."""
    to: str
    """Where its answer leads, under the language."""
    clears: str
    """The value of Clear-Site-Data."""


@dataclass(frozen=True)
class Site:
    """All that is written."""

    release: str
    day: date
    """The day that the export is of: no file is newer."""
    address: str
    """The public address, such as https://porch.example; a host file for https asks for a certificate."""
    languages: tuple[str, ...]
    """Language tags, the one for phones that ask for none of them first."""
    leaves: tuple[Leaf, ...]
    short: Mapping[str, str]
    """Short address on paper, in small letters (``/4g3``, ``/plan``) -> path under a language (``/4g3``, ``/plan``)."""
    codes: tuple[str, ...]
    """Those of them that are a record's code: ``/en/4G3`` leads to ``/en/4g3``."""
    needs_server: tuple[str, ...]
    """Paths under a language (``/cards/maker``) where the page that says "this needs the server" is shown, also for
    what is below."""
    stand_in: str
    """Path under a language of that page (``/needs-server``)."""
    errors: Mapping[int, Mapping[str, CachedResponse]]
    """Status -> language -> page."""
    forget: Forget

    @cached_property
    def always(self) -> Headers:
        """The headers of every answer, error pages and redirects included."""
        shared = [set(leaf.headers) for leaf in self.leaves]
        return tuple(pair for pair in self._of_error_page if all(pair in headers for headers in shared))

    @cached_property
    def of_errors(self) -> Headers:
        """The headers of error pages and redirects that files may have otherwise: a file under /static/ has a policy
        of its own."""
        return tuple(pair for pair in self._of_error_page if pair not in self.always)

    @cached_property
    def _of_error_page(self) -> Headers:
        return kept_headers(self.errors[404][self.languages[0]].headers)

    @cached_property
    def extra(self) -> dict[str, dict[Leaf, str]]:
        """Header that only some answers have -> leaf -> its value there, "" where it has none."""
        own = {leaf: dict(pair for pair in leaf.headers if pair not in self.always) for leaf in self.leaves}
        names = sorted({name for headers in own.values() for name in headers})
        return {name: {leaf: own[leaf].get(name, "") for leaf in self.leaves} for name in names}

    @cached_property
    def types(self) -> dict[str, str]:
        """Ending -> Content-Type, as most files with that ending have it."""
        found: dict[str, Counter[str]] = {}
        for leaf in self.leaves:
            found.setdefault(leaf.ending, Counter())[leaf.copy.content_type] += 1
        return {ending: kinds.most_common(1)[0][0] for ending, kinds in sorted(found.items()) if ending}

    @cached_property
    def own_types(self) -> dict[str, str]:
        """Address -> Content-Type of what a host cannot know by the ending."""
        return {
            leaf.address: leaf.copy.content_type
            for leaf in self.leaves
            if self.types.get(leaf.ending) != leaf.copy.content_type
        }

    def usual(self, name: str) -> tuple[str, str, dict[Leaf, str]]:
        """Return a header's value on most pages, its value under /static/, and leaf -> value for the rest.

        Raises ExportError when the files under /static/ do not agree: the host files have one rule for them.
        """
        values = self.extra[name]
        static = {value for leaf, value in values.items() if leaf.address.startswith("/static/")}
        if len(static) > 1:
            raise ExportError([f"{name} differs among the files under /static/: {sorted(static)}"])
        pages = {leaf: value for leaf, value in values.items() if not leaf.address.startswith("/static/")}
        most = Counter(pages.values()).most_common(1)[0][0]
        rest = {leaf: value for leaf, value in pages.items() if value != most}
        return most, static.pop() if static else most, rest


class ExportError(RuntimeError):
    """The site cannot be exported; the message lists every address and what is wrong with it."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        more = [f"and {len(self.problems) - 20} more"] if len(self.problems) > 20 else []
        super().__init__("Nothing was written:\n  " + "\n  ".join([*self.problems[:20], *more]))
