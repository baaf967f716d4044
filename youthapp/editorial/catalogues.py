"""Writing catalogues: which texts must be translated now, .po files brought up to date, .mo files made, gaps found.

There is one domain for the interface (``messages``) and one for each kind of record, so that a card's translation
is in ``tips.po`` beside its neighbours. A changed source text is a new message: its translation is missing until
somebody writes it, and never a guess.
"""

import io
from collections.abc import Iterator

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import write_po

from ..i18n.catalogues import INTERFACE, read
from ..i18n.languages import Language
from ..library import schema
from ..library.library import Library
from ..paths import PACKAGE

_METHODS = [("**/templates/**.html", "jinja2"), ("**.py", "python")]
_WIDTH = 100


def templates(library: Library) -> dict[str, Catalog]:
    """Return domain -> catalogue of every word that must be translated now."""
    interface = Catalog(domain=INTERFACE, project="Porchlight", charset="utf-8")
    for filename, _line, message, comments, context in extract_from_dir(
        PACKAGE, method_map=_METHODS, keywords={"_": None, "gettext": None, "ngettext": (1, 2)}
    ):
        interface.add(message, locations=[(f"youthapp/{filename}", 0)], auto_comments=comments, context=context)
    catalogues = {INTERFACE: interface}
    for record_id, record in library.records.items():
        if record_id in library.own:
            continue  # an organisation's words never enter our catalogues
        kind = library.kinds[record_id]
        catalogue = catalogues.setdefault(kind, Catalog(domain=kind, project="Porchlight", charset="utf-8"))
        for path, text in schema.texts(record):
            catalogue.add(str(text), context=record_id, auto_comments=[path])
    return catalogues


def update(language: Language, library: Library) -> int:
    """Bring a language's .po files up to date and return how many texts have no translation.

    New texts come in empty, texts that are gone are removed, and nothing is guessed.
    """
    empty = 0
    for domain, template in templates(library).items():
        words = read(language, domain)
        words.update(template, no_fuzzy_matching=True, update_creation_date=False)
        words.obsolete.clear()
        if domain != INTERFACE:
            for message in words:
                message.flags.discard("python-format")
        language.catalogues.mkdir(parents=True, exist_ok=True)
        out = io.BytesIO()
        write_po(out, words, width=_WIDTH, omit_header=False, include_lineno=False)
        (language.catalogues / f"{domain}.po").write_bytes(out.getvalue())
        empty += len([message for message in words if message.id and not _whole(message.string)])
    return empty


def compile_language(language: Language) -> int:
    """Write a language's .mo files and return how many. Fuzzy entries are left out, so that they are never
    published."""
    paths = sorted(language.catalogues.glob("*.po"))
    for path in paths:
        with path.with_suffix(".mo").open("wb") as out:
            write_mo(out, read(language, path.stem), use_fuzzy=False)
    return len(paths)


def gaps(language: Language, library: Library) -> Iterator[str]:
    """Yield what keeps a language from being whole: missing, fuzzy or left-over words, and placeholders that do not
    agree.
    """
    for domain, template in templates(library).items():
        words = read(language, domain)
        wanted = {(message.id, message.context) for message in template if message.id}
        for message in template:
            if not message.id:
                continue
            have = words.get(message.id, message.context)
            where = f"{domain}.po {message.context or ''}: {message.id!r}"
            if have is None or not _whole(have.string):
                yield f"missing: {where}"
            elif have.fuzzy:
                yield f"fuzzy: {where}"
            elif domain == INTERFACE:  # only these are filled in with %(name)s; in a record a % is a per cent
                yield from (f"{error}: {where}" for error in have.check(words))
        yield from (
            f"left over: {domain}.po {message.context or ''}: {message.id!r}"
            for message in words
            if message.id and (message.id, message.context) not in wanted
        )


def sentences(language: Language) -> Iterator[str]:
    """Yield every sentence of the interface in a language, each plural form by itself."""
    for message in read(language, INTERFACE):
        if message.id:
            yield from (message.string,) if isinstance(message.string, str) else message.string or ()


def _whole(string: str | tuple[str, ...] | list[str] | None) -> bool:
    return all(string) if isinstance(string, (tuple, list)) else bool(string)
