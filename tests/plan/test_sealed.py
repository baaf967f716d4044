"""The sealed format: known answers, both ways, between static/js/plan/sealed.js in a real browser and a second
implementation."""

import hashlib
import json
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.plan import opener

pytestmark = pytest.mark.xdist_group("plan-sealed")

FEW = 1000
"""Rounds in these tests; how many there are changes no step of the format."""


@pytest.fixture
def run(phone: Page) -> Any:
    """Return run(code, argument): JavaScript with `sealed`, `shape` and `hex`/`bytes` at hand, in the page that really
    loads them."""
    phone.goto("/en/plan")
    base = phone.evaluate(
        "() => document.querySelector('script[data-deferred]').src.replace(/app\\/[^/]+$/, 'js/plan/')"
    )

    def evaluate(code: str, argument: object = None) -> Any:
        return phone.evaluate(
            """async ([base, code, argument]) => {
              const sealed = await import(base + 'sealed.js'), shape = await import(base + 'shape.js');
              const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
              const bytes = (text) => Uint8Array.from(text.match(/../g) || [], (pair) => parseInt(pair, 16));
              const why = async (work) => { try { await work(); return 'fine'; } catch (error) { return error.why || String(error); } };
              return CODE;
            }""".replace("CODE", code),
            [base, code, argument],
        )

    return evaluate


def test_the_second_implementation_is_right() -> None:
    """AES-256-GCM test case 16 of the GCM specification (McGrew and Viega); HKDF test case 1 of RFC 5869."""
    key = bytes.fromhex("feffe9928665731c6d6a8f9467308308" * 2)
    text = bytes.fromhex(
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
    )
    extra = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    sealed = opener.seal(key, bytes.fromhex("cafebabefacedbaddecaf888"), text, extra)
    assert sealed.hex().endswith("76fc6ece0f4e1768cddf8853bb2d551b")
    assert sealed.hex().startswith("522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa")
    assert opener.unseal(key, bytes.fromhex("cafebabefacedbaddecaf888"), sealed, extra) == text
    assert (
        opener.hkdf(b"\x0b" * 22, bytes(range(13)), bytes(range(0xF0, 0xFA))).hex()
        == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"
    )


def test_a_slot_is_sealed_to_known_bytes(run: Any) -> None:
    """Fixed secret, salt, nonce and PIN give these bytes, computed by the second implementation, and nothing else."""
    secret, salt, nonce, start = (
        bytes(range(32)),
        bytes(range(100, 116)),
        bytes(range(200, 212)),
        b"a start of a CTR"[:12] + b"\xff" * 4,
    )
    told = run(
        """(async () => {
          const header = sealed.newHeader({ pin: true, rounds: argument.rounds, salt: bytes(argument.salt) });
          const key = await sealed.slotKeys(bytes(argument.secret), await sealed.stretch('  246 810 ', header), header, 1);
          return [hex(header), hex(await sealed.sealSlot(key, header, 1, new TextEncoder().encode('{"a":"ñ"}'), 1, bytes(argument.nonce), bytes(argument.start)))];
        })()""",
        {"secret": secret.hex(), "salt": salt.hex(), "nonce": nonce.hex(), "start": start.hex(), "rounds": FEW},
    )
    header = b"LIST\x01\x01\0\0" + salt + FEW.to_bytes(4, "big") + bytes(20)
    assert told[0] == header.hex()
    key = opener.hkdf(secret + hashlib.pbkdf2_hmac("sha256", b"246 810", salt, FEW), salt, b"list 1 slot 1")
    text = '{"a":"ñ"}'.encode()
    padded = (len(text).to_bytes(4, "big") + text).ljust(4096, b"\0")
    veil = opener.hkdf(secret + hashlib.pbkdf2_hmac("sha256", b"246 810", salt, FEW), salt, b"list 1 veil 1")
    assert bytes.fromhex(told[1])[:16] == start
    assert opener.unveiled(veil, bytes.fromhex(told[1])) == nonce + opener.seal(
        key, nonce, padded, header[:40] + b"\x01"
    )
    # The bytes themselves, so that both implementations cannot drift together.
    assert (
        hashlib.sha256(bytes.fromhex(told[1])).hexdigest()
        == "ad910b480ef22a72742bfffadb7cbcd8cbe81ea0a6599e0c247c6cb412fd2aa3"
    )


BOX = """(async () => {
  const header = sealed.newHeader({ pin: true, rounds: 1000 }), secret = sealed.random(32);
  const one = await sealed.stretch('rain boots', header), two = await sealed.stretch('1357', header), text = (word) => new TextEncoder().encode(JSON.stringify({ word }));
  const slots = [await sealed.sealSlot(await sealed.slotKeys(secret, one, header, 0), header, 0, text('first'), 2),
                 await sealed.sealSlot(await sealed.slotKeys(secret, two, header, 1), header, 1, text('second'), 1)];
  return { secret: hex(secret), box: hex(sealed.makeBox(header, slots)) };
})()"""


def test_the_second_implementation_opens_what_the_phone_sealed(run: Any) -> None:
    made = run(BOX)
    box, secret = bytes.fromhex(made["box"]), bytes.fromhex(made["secret"])
    assert opener.open_box(box, secret, "rain boots") == (0, {"word": "first"})
    assert opener.open_box(box, secret, "1357") == (1, {"word": "second"}), (
        "a shorter slot with filler behind it opens too"
    )
    assert opener.open_box(box, secret, "1358") is None
    assert opener.open_box(box, bytes(32), "1357") is None, "without this phone's secret the PIN opens nothing"


def test_both_slots_are_equally_long_and_none_says_whether_it_is_used(run: Any) -> None:
    told = run(
        """(async () => {
          const header = sealed.newHeader({ pin: true, rounds: 1000 }), key = await sealed.slotKeys(sealed.random(32), await sealed.stretch('1234', header), header, 0);
          const slot = await sealed.sealSlot(key, header, 0, new Uint8Array(10), 1);
          return ['one', 'two'].map((which) => { const other = sealed.unusedSlot(1); return [slot.length, other.length, sealed.makeBox(header, [slot, other]).length]; });
        })()"""
    )
    assert told == [[4140, 4140, 48 + 2 * 4140]] * 2


def test_a_fresh_veil_changes_every_byte_and_opens_nothing(run: Any) -> None:
    told = run(
        """(async () => {
          const header = sealed.newHeader({ pin: true, rounds: 1 }), keys = await sealed.slotKeys(sealed.random(32), await sealed.stretch('1234', header), header, 0);
          const slot = sealed.makeBox(header, [await sealed.sealSlot(keys, header, 0, new TextEncoder().encode('{}'), 1), sealed.unusedSlot(2)]).slice(48, 48 + 8236);
          const anew = await sealed.veiledAnew(keys.veil, slot), other = { key: (await sealed.slotKeys(sealed.random(32), keys.veil, header, 0)).key, veil: keys.veil };
          const same = anew.filter((byte, at) => byte === slot[at]).length;
          return [same < 120, anew.length === slot.length, new TextDecoder().decode(await sealed.openSlot(keys, header, 0, anew)), await sealed.openSlot(other, header, 0, anew)];
        })()"""
    )
    assert told == [True, True, "{}", None], (
        "about 1 byte in 256 is equal by chance; the filler behind a short slot changes too"
    )


def test_every_flipped_bit_and_every_swap_is_refused(run: Any) -> None:
    """One bit anywhere in the header, the nonce, the text or the tag; slots swapped; a slot under another version or
    salt."""
    told = run(
        """(async () => {
          const header = sealed.newHeader({ pin: true, rounds: 1 }), secret = sealed.random(32);
          const key = await sealed.slotKeys(secret, await sealed.stretch('1234', header), header, 0);
          const slot = await sealed.sealSlot(key, header, 0, new TextEncoder().encode('{}'), 1), box = sealed.makeBox(header, [slot, sealed.unusedSlot(1)]);
          const opens = async (bytes) => { const read = sealed.readBox(bytes); return !!await sealed.openBox(read, secret, await sealed.stretch('1234', read.header)); };
          const places = [...Array(44).keys(), ...[48, 55, 63, 64, 75, 76, 2000, 4171, 4172, 4180, 4187]];
          const wrong = [];
          for (const place of places) for (const bit of [1, 128]) {
            const bent = box.slice(); bent[place] ^= bit;
            // Counts are checked before they are run: a hostile one would freeze the phone.
            let answer; try { answer = await opens(bent); } catch (error) { answer = error.why; }
            if (answer === true || (answer !== false && !['damaged', 'newer'].includes(answer))) wrong.push([place, bit, String(answer)]);
          }
          const swapped = sealed.makeBox(header, [sealed.readBox(box).slots[1], slot]);
          return { fine: await opens(box), wrong, swapped: await opens(swapped), cut: await why(() => opens(box.slice(0, -1))), empty: await why(() => opens(new Uint8Array(0))) };
        })()"""
    )
    assert told == {"fine": True, "wrong": [], "swapped": False, "cut": "damaged", "empty": "damaged"}


def test_a_count_can_be_raised_without_knowing_the_other_pin(run: Any) -> None:
    told = run(
        """(async () => {
          const header = sealed.newHeader({ pin: true, rounds: 1000 }), higher = sealed.raised(header, 1500);
          const before = await sealed.stretch('1234', header), after = await sealed.stretchOn(before, higher, 1);
          return [sealed.counts(higher), hex(after) === hex(await sealed.stretch('1234', higher)), sealed.raised(higher, 1500), hex(higher), hex(after)];
        })()"""
    )
    assert told[:3] == [[1000, 500], True, None]
    assert opener.stretched("1234", bytes.fromhex(told[3])).hex() == told[4]


@pytest.mark.parametrize("pack", [True, False])
def test_a_backup_opens_in_both_implementations(pack: bool, run: Any) -> None:
    text = json.dumps({"schema": 2, "kind": "plan", "marks": {f"own:plan-{n}": "words " * n for n in range(40)}})
    told = run(
        """(async () => {
          const parts = await sealed.sealBackup(new TextEncoder().encode(argument.text), 'Uno  dós tres', { rounds: 1000, pack: argument.pack });
          const back = new TextDecoder().decode(await sealed.openBackup(`see: ${parts.slice().reverse().join(' , ')} ok`, 'uno dos TRES '));
          return [parts, back];
        })()""",
        {"text": text, "pack": pack},
    )
    assert told[1] == text
    assert opener.open_backup(told[0], "uno dos tres").decode() == text
    assert all(len(part) < 670 and set(part) <= set("LIST.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") for part in told[0])


def test_a_backup_says_what_is_wrong_with_it(run: Any) -> None:
    told = run(
        """(async () => {
          const parts = await sealed.sealBackup(sealed.random(1500), 'a b c d e f', { rounds: 10, pack: false }), text = parts.join(' ');
          const at = text.indexOf('.', 9) + 40, bent = text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
          return {
            parts: parts.length,
            'wrong-words': await why(() => sealed.openBackup(text, 'a b c d e g')),
            damaged: await why(() => sealed.openBackup(bent, 'a b c d e f')),
            'part-missing': await why(() => sealed.openBackup(parts.slice(1).join(' '), 'a b c d e f')),
            'no-code': await why(() => sealed.openBackup('hello', 'a b c d e f')),
            newer: await why(() => sealed.openBackup(text.replace(/LIST1/g, 'LIST2'), 'a b c d e f')),
            fine: await why(() => sealed.openBackup(text, 'a b c d e f')),
          };
        })()"""
    )
    parts = told.pop("parts")
    assert parts > 1
    assert all(told[wrong] == wrong for wrong in told), told


def test_one_bit_flipped_anywhere_in_a_backup_is_refused(run: Any) -> None:
    """All bits of all letters of a small backup (base32: five bits a letter); the filler bits of the last letter carry
    nothing."""
    told = run(
        """(async () => {
          const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', [part] = await sealed.sealBackup(new Uint8Array(8), 'a b', { rounds: 1, pack: false });
          const head = part.lastIndexOf('.', part.length - 2) + 1, answers = {};
          for (let at = head; at < part.length - 2; at++) for (let bit = 0; bit < 5; bit++) {
            const bent = part.slice(0, at) + letters[letters.indexOf(part[at]) ^ (1 << bit)] + part.slice(at + 1), answer = await why(() => sealed.openBackup(bent, 'a b'));
            answers[answer] = (answers[answer] || 0) + 1;
          }
          return answers;
        })()"""
    )
    assert list(told) == ["damaged"], told


HOSTILE = {
    "not text": b"\xff\xfe\x00",
    "not a list": b"[]",
    "nothing": b"null",
    "no schema": b'{"kind":"plan","marks":{}}',
    "wrong schema": b'{"schema":"2","kind":"plan","marks":{}}',
    "wrong kind": b'{"schema":2,"kind":"app","marks":{}}',
    "marks of a wrong type": b'{"schema":2,"kind":"plan","marks":[1]}',
    "a mark nobody knows": b'{"schema":2,"kind":"plan","marks":{"onload":"x"}}',
    "a reach for the prototype": b'{"schema":2,"kind":"plan","marks":{"__proto__":{"x":1},"constructor":1}}',
    "a number for words": b'{"schema":2,"kind":"plan","marks":{"own:a":7}}',
    "words for a tick": b'{"schema":2,"kind":"plan","marks":{"pick:a/b":"<script>"}}',
    "too long": b'{"schema":2,"kind":"plan","marks":{"own:a":"' + b"x" * 3000 + b'"}}',
    "too many": b'{"schema":2,"kind":"plan","marks":{' + b",".join(b'"pick:a/%d":1' % n for n in range(2500)) + b"}}",
    "too deep": b'{"schema":2,"kind":"plan","marks":{"order":' + b"[" * 20000 + b"]" * 20000 + b"}}",
    "a second list of nothing": b'{"schema":2,"kind":"list","marks":null}',
    "a mark of an older second list": b'{"schema":2,"kind":"plan","marks":{"item:a":"x"}}',
    "an old one that is broken": b'{"schema":1,"picks":{"a":7},"own":{"a":{}}}',
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_list_is_refused(case: str, run: Any) -> None:
    assert run("why(async () => shape.read(bytes(argument)))", HOSTILE[case].hex()) == "damaged"


def test_a_small_backup_that_unpacks_to_a_huge_one_is_refused(run: Any) -> None:
    assert (
        run(
            "(async () => { const parts = await sealed.sealBackup(new Uint8Array(20000000), 'a b', { rounds: 1 }); "
            "return why(() => sealed.openBackup(parts.join(' '), 'a b')); })()"
        )
        == "damaged"
    )


def test_script_in_words_stays_words(run: Any) -> None:
    text = '{"schema":2,"kind":"plan","marks":{"own:a":"<img src=x onerror=alert(1)>"}}'
    assert run("shape.read(bytes(argument)).marks['own:a']", text.encode().hex()) == "<img src=x onerror=alert(1)>"


def test_every_past_schema_is_brought_to_todays(run: Any) -> None:
    """An example for each schema there ever was; a new schema without one here fails."""
    now = {"pick:plan-people/a": 1, "pick:plan-money/b": 1, "own:plan-people": "Lu"}
    items = {"item:s0": "Milk", "item:s1": "Socks", "done:s1": 1, "order": ["item:s1", "item:s0"], "veil": "AAAA"}
    past = [
        ({"schema": 1, "picks": {"plan-people": ["a"], "plan-money": ["b"]}, "own": {"plan-people": "Lu"}}, now),
        ({"schema": 2, "kind": "plan", "marks": now}, now),
        ({"schema": 2, "kind": "list", "marks": items}, {"own:plan-tonight": "✓ Socks\nMilk", "veil": "AAAA"}),
    ]
    assert run("[shape.SCHEMA, Object.keys(shape.STEPS)]") == [
        3,
        sorted({str(example["schema"]) for example, _marks in past}),
    ]
    for example, marks in past:
        assert run("shape.read(bytes(argument))", json.dumps(example).encode().hex()) == {
            "schema": 3,
            "kind": "plan",
            "marks": marks,
        }
    assert (
        run("why(async () => shape.read(bytes(argument)))", b'{"schema":4,"kind":"plan","marks":{}}'.hex()) == "newer"
    )


def test_two_tabs_changes_are_joined(run: Any) -> None:
    base = {"pick:a/1": 1, "pick:a/2": 1, "own:a": "Lu", "own:b": "x"}
    mine = {"pick:a/1": 1, "pick:a/3": 1, "own:a": "Lu and Bo", "own:b": "mine"}
    theirs = {"pick:a/1": 1, "pick:a/2": 1, "pick:a/4": 1, "own:a": "Lu", "own:b": "theirs"}
    told = run(
        "(() => { const list = (marks) => ({ schema: 2, kind: 'plan', marks }); return shape.joined(list(argument[0]),"
        " list(argument[1]), list(argument[2])).marks; })()",
        [base, mine, theirs],
    )
    assert told == {"pick:a/1": 1, "pick:a/3": 1, "pick:a/4": 1, "own:a": "Lu and Bo", "own:b": "theirs\nmine"}


def test_the_same_words_in_any_case_accent_or_space_are_the_same(run: Any) -> None:
    assert run("['  Árbol  NIÑA\\t', 'arbol nina'].map(sealed.plain)") == ["arbol nina", "arbol nina"]
