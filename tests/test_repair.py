"""Repairing: every batch is proved, what cannot be proved is refused and said, and it comes to an end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence

import pytest

from feedlint import fix_text, lint_text
from feedlint.config import Settings
from feedlint.diagnostic import INFO, SAFE, UNSAFE, WARNING, Change, Diagnostic, Edit, Fix, Mute, apply_edits
from feedlint.edits import set_value
from feedlint.engine import Engine
from feedlint.fixing import Refused, Repair, diff, prove, repair
from feedlint.fixing.repair import _Bounds, _compatible, _guilty, _Ranges, _settle, _sorted_out, _tally
from feedlint.linting import fix
from feedlint.linting import lint as engine_lint
from feedlint.repository import Repository
from feedlint.rules import RULES
from feedlint.source import Document, Entry, Span, parse
from feedlint.source.nodes import DataPath
from tests.support import ARTICLE, PATH, overlay, read

TITLE = "Harbour council approves the new tram line"
BROKEN = ARTICLE.replace(f'title: "{TITLE}"', f'title: "{TITLE}')


def edit(text: str, old: str, new: str) -> Edit:
    return Edit(Span(text.index(old), text.index(old) + len(old)), new)


def title_change(document: Document, value: str) -> Change:
    assert document.root is not None
    node = document.root.get("title")
    assert node is not None
    return Change(node.index, 1, (Entry(1, "title", "str", value),))


def test_a_declared_change_is_proved() -> None:
    old = read(ARTICLE)
    new = prove(old, [edit(ARTICLE, TITLE, "Tram approved")], [title_change(old, "Tram approved")])
    assert new.text == ARTICLE.replace(f'"{TITLE}"', '"Tram approved"', 1)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (TITLE, "Tram approved", "title would change in another way than meant"),
        ('line"\nexcerpt', "line\nexcerpt", "the file would have no readable record"),
        ("heat: 71", "heat: 71\nheat: 71", "heat would change in another way than meant"),
        ("width: 1200", "width: '1200'", "images[0].width would change in another way than meant"),
        ("  - Public Transport\n", "", "topics would change in another way than meant"),
        ("published: true", "published: yes", "published would change in another way than meant"),
        (
            'secured: "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=;EjRWeJCrze8SNFZ4kKvN7w=="\n',
            "",
            "the end of the record would change in another way than meant",
        ),
        ("---\n\n", "--- \n\n", "a delimiter would be damaged"),
        ("---\n\n", "---\nnew text\n", "the text after the record would change"),
    ],
)
def test_an_undeclared_change_is_refused(old: str, new: str, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        prove(read(ARTICLE), [edit(ARTICLE, old, new)], [])
    assert refused.value.reason == reason


def test_another_value_than_declared_is_refused() -> None:
    old = read(ARTICLE)
    with pytest.raises(Refused, match="title would change"):
        prove(old, [edit(ARTICLE, TITLE, "Tram approved")], [title_change(old, "Tram approved!")])


def test_a_change_that_was_declared_and_not_made_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        prove(read(ARTICLE), [], [Change(0, 1, (Entry(0, None, "seq", ""),))])
    assert refused.value.reason == "the record would change in another way than meant"


def test_edits_of_the_text_after_the_record_are_counted_where_they_are() -> None:
    text = ARTICLE.removesuffix("\n") + "Old tram.\n\nOld bus.\n"
    edits = [edit(text, "Old tram", "Tram"), edit(text, "Old bus", "A bus")]
    assert prove(read(text), edits, []).text == ARTICLE.removesuffix("\n") + "Tram.\n\nA bus.\n"


def test_overlapping_edits_are_refused() -> None:
    with pytest.raises(Refused, match=r"^its edits overlap$"):
        prove(read(ARTICLE), [edit(ARTICLE, TITLE, "x"), edit(ARTICLE, "council", "y")], [])


def test_a_change_below_an_anchor_shows_at_its_aliases() -> None:
    text = ARTICLE.replace("name: Example Times", "name: &name Example Times").replace(
        "topics:\n  - Public Transport", "topics:\n  - *name"
    )
    old = read(text)
    assert old.root is not None
    provider = old.root.get("provider")
    name = provider.get("name") if provider else None
    assert name is not None
    change = set_value(old, name, "Other Times", "")
    assert change is not None
    with pytest.raises(Refused, match=r"topics\[0\] would change"):
        prove(old, change.edits, change.changes)


def test_in_an_unreadable_file_every_other_line_must_read_the_same() -> None:
    text = ARTICLE.replace(f'title: "{TITLE}"', f'title: "{TITLE}')
    good = [edit(text, TITLE, f'{TITLE}"')]
    assert prove(read(text), good, []).text == ARTICLE
    swallowing = Edit(Span(text.index("heat:"), text.index("heat:")), "note: |\n  ")
    for others in ([], [edit(text, "quality: 61", "quality: 60")]):
        with pytest.raises(Refused, match=r"^line 12 would read differently$"):
            prove(read(text), [*good, *others, swallowing], [])


def test_in_an_unreadable_file_what_is_edited_may_read_differently() -> None:
    edits = [edit(BROKEN, TITLE, f'{TITLE}"'), edit(BROKEN, "heat: 71", "heat: 170"), edit(BROKEN, "61", "60")]
    assert prove(read(BROKEN), edits, []).text == ARTICLE.replace("heat: 71", "heat: 170").replace("61", "60")


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("published: true", "  published", 12),  # "heat" goes on over the line below it
        ("heat", "x|heat", 12),
        ("heat", "heat|x", 12),
        ("heat", "hea: >\n  t", 12),
    ],
)
def test_in_an_unreadable_file_no_line_may_read_differently(old: str, new: str, line: int) -> None:
    at = BROKEN.index(old)
    start, end, text = at, at + len(old), new
    if "|" in new:  # what is inserted at the edge of a key is no edit of the key
        before, after = new.split("|")
        start, end, text = (at, at, before) if after == old else (end, end, after)
    edits = [edit(BROKEN, TITLE, f'{TITLE}"'), Edit(Span(start, end), text), edit(BROKEN, "width: 1200", "width: 120")]
    with pytest.raises(Refused) as refused:
        prove(read(BROKEN), edits, [])
    assert refused.value.reason == f"line {line} would read differently"


@pytest.mark.parametrize("at", [BROKEN.index("71"), BROKEN.index("71") + 2])
def test_in_an_unreadable_file_what_is_inserted_at_a_value_is_an_edit_of_it(at: int) -> None:
    edits = [edit(BROKEN, TITLE, f'{TITLE}"'), Edit(Span(at, at), "7")]
    assert prove(read(BROKEN), edits, []).text == ARTICLE.replace("71", "771" if at == BROKEN.index("71") else "717")


def test_in_an_unreadable_file_a_key_may_be_edited() -> None:
    text = BROKEN.replace("heat:", "heet:")
    edits = [edit(text, TITLE, f'{TITLE}"'), edit(text, "heet", "heat")]
    assert prove(read(text), edits, []).text == ARTICLE


def test_a_data_file_is_read_as_one_again() -> None:
    old = parse("title: Tram\n", "_data/a.yml")
    assert prove(old, [edit(old.text, "Tram", "Bus")], [title_change(old, "Bus")]).text == "title: Bus\n"


def test_the_data_of_a_damaged_file_stays_as_it_was_meant() -> None:
    text = ARTICLE.removeprefix("---\n")
    with pytest.raises(Refused, match="title would change"):
        prove(read(text), [Edit(Span(0, 0), "---\n"), edit(text, TITLE, "x")], [])


# --- the loop ----------------------------------------------------------------------------------------------


def finding(document: Document, old: str, new: str, value: str, code: str = "XX001") -> Iterator[Diagnostic]:
    if old in document.text:
        made = Fix("test", (edit(document.text, old, new),), changes=(title_change(document, value),))
        yield Diagnostic(made.edits[0].span, "m", fix=made, data_path=("title",), code=code)


def test_fixing_that_does_not_come_to_an_end_is_refused_and_leaves_the_file() -> None:
    def lint(document: Document) -> list[Diagnostic]:
        return [*finding(document, "tram line", "bus line", TITLE.replace("tram", "bus")),
                *finding(document, "bus line", "tram line", TITLE)]  # fmt: skip

    result = repair(read(ARTICLE.replace("-tram-line", "")), lint, lambda _: [], unsafe=False)
    assert result.fixed == []
    assert result.document.text == ARTICLE.replace("-tram-line", "")
    assert [reason for _, reason in result.refused.values()] == ["fixing it does not come to an end"]


def test_a_fix_that_brings_a_new_finding_is_taken_back() -> None:
    def guard(document: Document) -> list[Diagnostic]:
        bad = "bus" in document.text
        return [Diagnostic(Span(0, 1), "m", data_path=("title",), code="YY001")] if bad else []

    def lint(document: Document) -> list[Diagnostic]:
        return list(finding(document, "tram line", "bus line", TITLE.replace("tram", "bus")))

    result = repair(read(ARTICLE), lint, guard, unsafe=False)
    assert (result.document.text, result.fixed) == (ARTICLE, [])
    assert [(d.code, reason) for d, reason in result.refused.values()] == [
        ("XX001", "it would bring a new finding, YY001")
    ]


def test_the_guilty_fix_of_a_batch_is_named_and_the_others_are_made() -> None:
    def lint(document: Document) -> list[Diagnostic]:
        lies = finding(document, "Example Times", "Other Times", TITLE, "XX002")
        return [*finding(document, "tram line", "bus line", TITLE.replace("tram", "bus")), *lies]

    text = ARTICLE.replace("-tram-line", "")
    result = repair(read(text), lint, lambda _: [], unsafe=False)
    assert result.document.text == text.replace("tram line", "bus line")
    assert [(d.code, reason) for d, reason in result.refused.values()] == [
        ("XX002", "title would change in another way than meant")
    ]


@pytest.mark.parametrize(
    ("far", "near", "place"),
    [
        (("type",), ("title",), ("title",)),
        ((), ("title",), ("title",)),
        (("type",), ("images", 0, "url"), ("images", 0)),
        (("type",), ("images", 0), ("images", 0, "url")),
    ],
)
def test_of_two_fixes_that_bring_a_finding_together_the_nearer_is_taken_back(
    far: DataPath, near: DataPath, place: DataPath
) -> None:
    text = ARTICLE.replace("type: article\n", "type: article\n# one\n# two\n")

    def lint(document: Document) -> list[Diagnostic]:
        made = [("XX001", "# one", "# 1", far), ("XX002", "# two", "# 2", near)]
        return [
            Diagnostic(Span(0, 1), "m", fix=Fix("t", (edit(document.text, old, new),)), data_path=path, code=code)
            for code, old, new, path in made
            if old in document.text
        ]

    def guard(document: Document) -> list[Diagnostic]:
        both = "# 1\n# 2\n" in document.text
        return [Diagnostic(Span(0, 1), "m", data_path=place, code="YY001")] if both else []

    result = repair(read(text), lint, guard, unsafe=False)
    assert result.document.text == text.replace("# one", "# 1")
    assert [d.code for d, _ in result.refused.values()] == ["XX002"]


def test_the_guilty_fix_is_found_wherever_its_finding_comes_up() -> None:
    def guard(document: Document) -> list[Diagnostic]:
        bad = "bus" in document.text
        return [Diagnostic(Span(0, 1), "m", data_path=("provider", "name"), code="YY001")] if bad else []

    def lint(document: Document) -> list[Diagnostic]:
        guilty = finding(document, "tram line", "bus line", TITLE.replace("tram", "bus"))
        bom = [d for d in engine_lint(document, RULES, Repository(None)) if d.code == "FM007"]
        return [*bom, *guilty]

    result = repair(read("\ufeff" + ARTICLE), lint, guard, unsafe=False)
    assert result.document.text == ARTICLE
    assert [d.code for d, _ in result.refused.values()] == ["XX001"]


@pytest.mark.parametrize("ending", ["", "\n", "\n\n", "\r\n"])
def test_a_missing_closer_is_put_right_whatever_the_file_ends_in(ending: str) -> None:
    text = ARTICLE[: ARTICLE.rindex("---")].rstrip("\n") + ending
    result = fix(read(text), RULES, Repository(None), unsafe=False)
    newline = "\n"
    assert result.document.text == ARTICLE[: ARTICLE.rindex("---")].rstrip("\n") + newline + "---" + (
        ending.replace("\r\n", "\n")
    )
    assert result.refused == {}


def test_a_refused_fix_is_tried_again_once_something_changed() -> None:
    looked = 0

    def lint(document: Document) -> list[Diagnostic]:
        nonlocal looked
        looked += 1
        found = list(finding(document, "tram line", "bus line", TITLE.replace("tram", "bus"), "XX001"))
        name = document.root and document.root.get("type")
        if name and "type: article" in document.text:
            # What it declares is right only when the other fix has been made.
            fix = set_value(document, name, "video", "t")
            wrong = (Change(name.index, 1, (Entry(1, "type", "str", "film"),)),)
            if fix is not None and "bus line" not in document.text:
                fix = Fix("t", fix.edits, changes=wrong)
            found.append(Diagnostic(name.span, "m", fix=fix, data_path=("type",), code="XX002"))
        return found

    result = repair(read(ARTICLE), lint, lambda _: [], unsafe=False)
    assert [d.code for d in result.fixed] == ["XX001", "XX002"]
    assert result.document.text == ARTICLE.replace("tram line", "bus line").replace("type: article", "type: video")
    assert result.refused == {}
    assert looked == 3


def test_fixes_of_one_place_take_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []

    def counted(old: Document, edits: Sequence[Edit], changes: Sequence[Change]) -> Document:
        calls.append(len(edits))
        return prove(old, edits, changes)

    monkeypatch.setattr(sys.modules["feedlint.fixing.repair"], "prove", counted)

    def lint(document: Document) -> list[Diagnostic]:
        found = finding(document, "the new tram", "a new tram", TITLE.replace("the new", "a new"), "XX001")
        now = "a new tram" if "a new tram" in document.text else "the new tram"
        value = TITLE.replace("the new tram", now.replace("tram", "bus"))
        return [*found, *finding(document, f"{now} line", f"{now.replace('tram', 'bus')} line", value, "XX002")]

    result = repair(read(ARTICLE), lint, lambda _: [], unsafe=False)
    assert 'title: "Harbour council approves a new bus line"' in result.document.text
    assert calls == [1, 1]


def test_unsafe_fixes_wait_to_be_asked_for() -> None:
    def lint(document: Document) -> list[Diagnostic]:
        return [
            Diagnostic(d.span, "m", fix=Fix("t", d.fix.edits, UNSAFE, d.fix.changes), code="XX001")
            for d in finding(document, "tram line", "bus line", TITLE.replace("tram", "bus"))
            if d.fix
        ]

    assert repair(read(ARTICLE), lint, lambda _: [], unsafe=False).fixed == []
    assert "bus line" in repair(read(ARTICLE), lint, lambda _: [], unsafe=True).document.text


def test_damage_in_layers_is_repaired_to_the_end() -> None:
    text = "\ufeff—\r\n" + ARTICLE.removeprefix("---\n").replace("council approves", "council&nbsp;approves").replace(
        "\n---\n", "\r\n--- \n"
    )
    result = fix(read(text), RULES, Repository(None), unsafe=False)
    assert result.document.text == ARTICLE
    assert result.refused == {}


def test_the_bytes_outside_the_edits_are_the_same() -> None:
    text = ARTICLE.replace("\n", "\r\n").replace("approves", "appro&#118;es")
    result = fix(read(text), RULES, Repository(None), unsafe=False)
    assert result.document.text == ARTICLE.replace("\n", "\r\n")


def test_a_refused_write_is_an_error_and_the_findings_stay(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "_news" / "a.md"
    file.parent.mkdir()
    file.write_text("\ufeff" + ARTICLE, encoding="utf-8")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", fail)
    report = Engine(Settings(fix=True, write=True)).file(str(file))
    assert report.error == "not repaired: No space left on device"
    assert [d.code for d in report.findings] == ["FM007"]
    assert file.read_text(encoding="utf-8") == "\ufeff" + ARTICLE


def test_apply_edits_is_exact() -> None:
    text = "añb😀c"
    assert apply_edits(text, [Edit(Span(1, 2), "N"), Edit(Span(3, 4), ""), Edit(Span(5, 5), "!")]) == "aNbc!"


def test_parse_and_prove_agree_on_a_file_without_a_record() -> None:
    with pytest.raises(Refused, match="no readable record"):
        prove(parse("text", PATH), [Edit(Span(0, 0), "more ")], [])


@pytest.mark.parametrize("code", [0xD83D, 0xDC7F, 0xDD00, 0xDFFF])
def test_a_lone_surrogate_in_the_text_given_is_a_lost_character(code: int) -> None:
    lone = chr(code)
    text = ARTICLE.replace("tram line", f"tram {lone} line", 1)
    assert [d.span for d in lint_text(text, PATH)] == [Span(text.index(lone), text.index(lone) + 1)]
    assert fix_text(text, PATH).text == text.replace(lone, "\ufffd")


@pytest.mark.parametrize("key", ["    width", "  name", "type"])
def test_a_sign_before_a_key_that_makes_the_record_unreadable_is_deleted(key: str) -> None:
    # YAML takes U+10FFFF for a letter, so the line reads by itself, with another key.
    text = ARTICLE.replace(f"\n{key}:", f"\n\U0010ffff{key}:", 1)
    assert fix_text(text, PATH).text == ARTICLE


def test_the_ends_of_lines_in_a_key_that_is_a_collection_are_made_alike() -> None:
    text = ARTICLE.replace("type: article\n", "type: article\n? note: a\r\n  more: b\r\n: c\n")
    assert "\r" not in fix_text(text, PATH).text


def test_rules_that_were_not_chosen_watch_too() -> None:
    lost_text = next(rule for rule in RULES if rule.code == "YA005")
    document = read(overlay("title: We are  #1"))  # in quotes it has a double space, of which TX002 speaks
    result = fix(document, [lost_text], Repository(None), unsafe=True)
    assert [reason for _, reason in result.refused.values()] == ["it would bring a new finding, TX002"]
    assert result.document.text == document.text


def test_what_is_refused_at_first_is_made_once_its_reason_is_gone() -> None:
    # To rename both keys at once would give a provider that is empty; the second goes as a duplicate.
    text = ARTICLE.replace("provider:", "pr\ufeffvider:").replace("\ntopics:", "pr\ufeffvider:\n\ntopics:")
    once = fix_text(text, PATH, rules=RULES, unsafe=True)
    assert once.text == ARTICLE
    assert once.report.refused == []


# Comments are no data, so their edits are proved; but with 2,000 brackets or more a text is not read.
COMMENTED = ARTICLE.replace("type: article\n", "type: article\n# one\n# two\n# three\n# four\n")
MANY = "[" * 1200
LIE = (Change(0, 1, (Entry(0, None, "seq", ""),)),)


class Comments:
    """Rules that rewrite comments: what stands there, what is put there, what is declared, where it seems to be."""

    def __init__(self, *rewritten: tuple[str, str, tuple[Change, ...], DataPath], unsafe: bool = False) -> None:
        self.rewritten = rewritten
        self.safety = UNSAFE if unsafe else SAFE
        self.looked = 0

    def lint(self, document: Document) -> list[Diagnostic]:
        self.looked += 1
        return [
            Diagnostic(Span(0, 1), "m", fix=Fix("t", made, self.safety, changes), data_path=path, code=old)
            for old, new, changes, path in self.rewritten
            if f"# {old}\n" in document.text
            for made in [(edit(document.text, f"# {old}\n", f"# {new}\n"),)]
        ]


def introduces(*bad: str, at: DataPath = ("title",)) -> Callable[[Document], list[Diagnostic]]:
    """Return a guard that finds something *at* a place where all of *bad* stand in comments."""

    def guard(document: Document) -> list[Diagnostic]:
        there = all(f"# {each}\n" in document.text for each in bad)
        return [Diagnostic(Span(0, 1), "m", data_path=at, code="YY001")] if there else []

    return guard


def nothing(_: Document) -> list[Diagnostic]:
    return []


def refused(result: Repair) -> dict[str, str]:
    return {diagnostic.code: reason for diagnostic, reason in result.refused.values()}


def afford(monkeypatch: pytest.MonkeyPatch, characters: int) -> None:
    monkeypatch.setattr(sys.modules["feedlint.fixing.repair"], "_Bounds", lambda size: _Bounds(size, characters))


def test_all_that_can_be_proved_is_made_at_once() -> None:
    rules = Comments(("one", "1", (), ()), ("two", "2", LIE, ()), ("three", "3", (), ()), ("four", "4", (), ()))
    result = repair(read(COMMENTED), rules.lint, nothing, unsafe=False)
    assert [d.code for d in result.fixed] == ["one", "three", "four"]
    assert refused(result) == {"two": "the record would change in another way than meant"}
    assert "# 1\n# two\n# 3\n# 4\n" in result.document.text


def test_of_what_can_be_made_apart_only_most_goes_first() -> None:
    rules = Comments(("one", MANY, (), ()), ("two", MANY, (), ()), ("three", "3", (), ()))
    result = repair(read(COMMENTED), rules.lint, nothing, unsafe=False)
    assert [d.code for d in result.fixed] == ["two", "three"]
    assert refused(result) == {"one": "the file would have no readable record"}
    assert f"# one\n# {MANY}\n# 3\n# four\n" in result.document.text


def test_two_that_can_be_made_apart_only_take_turns() -> None:
    rules = Comments(("one", MANY, (), ()), ("two", MANY, (), ()))
    result = repair(read(COMMENTED), rules.lint, nothing, unsafe=False)
    assert [d.code for d in result.fixed] == ["one"]
    assert refused(result) == {"two": "the file would have no readable record"}


def test_a_repair_may_bring_a_file_to_its_limit_and_no_further() -> None:
    size = len(COMMENTED) + 2
    rules = Comments(("one", "seven", (), ()))
    assert [d.code for d in repair(read(COMMENTED), rules.lint, nothing, unsafe=False, limit=size).fixed] == ["one"]
    result = repair(read(COMMENTED + "Text.\n" * 100), rules.lint, nothing, unsafe=False, limit=1000)
    assert refused(result) == {"one": "the file would have more than 1,000 bytes, too many for a record"}
    assert repair(read(COMMENTED), rules.lint, nothing, unsafe=False, limit=size - 1).fixed == []


def test_at_the_limit_a_repair_is_made_that_does_not_lengthen_the_file() -> None:
    size = len(COMMENTED)
    rules = Comments(("one", "seven", (), ()), ("two", "six", (), ()))
    result = repair(read(COMMENTED), rules.lint, nothing, unsafe=False, limit=size)
    assert [d.code for d in result.fixed] == ["two"]
    assert list(refused(result)) == ["one"]


def test_a_repair_that_is_refused_makes_no_room_for_another() -> None:
    size = len(COMMENTED)
    rules = Comments(("one", "seven", (), ()), ("three", "3", LIE, ()))
    result = repair(read(COMMENTED), rules.lint, nothing, unsafe=False, limit=size)
    assert result.fixed == []
    assert set(refused(result)) == {"one", "three"}


def test_a_file_is_looked_at_no_more_often_than_something_changes() -> None:
    rules = Comments(("one", "1", (), ()))
    assert len(repair(read(COMMENTED), rules.lint, nothing, unsafe=False).fixed) == 1
    assert rules.looked == 2
    rules = Comments(("one", "1", LIE, ()))
    assert len(repair(read(COMMENTED), rules.lint, nothing, unsafe=False).refused) == 1
    assert rules.looked == 2


def test_what_is_left_of_fixing_without_an_end_is_searched_as_ever() -> None:
    # The last of twenty rounds makes "x", so that is barred; "one" and the two that lie are looked at once more.
    turns = Comments(("one", "x", (), ()), ("x", "one", (), ()), unsafe=True)
    lies = Comments(("three", "3", LIE, ()), ("four", "4", LIE, ()), unsafe=True)

    def lint(document: Document) -> list[Diagnostic]:
        return turns.lint(document) + (lies.lint(document) if "# one\n" in document.text else [])

    result = _settle(read(COMMENTED), lint, {}, _Bounds(10_000), unsafe=True)
    assert result.document.text == COMMENTED.replace("# one", "# x")
    assert [d.code for d in result.fixed] == ["one"]
    assert refused(result) == {"x": "fixing it does not come to an end"}


def test_the_guilty_are_found_among_what_cannot_be_proved() -> None:
    rules = Comments(("one", "1", (), ()), ("two", "2", LIE, ()), ("three", "3", (), ()), ("four", "4", (), ()))
    result = repair(read(COMMENTED), rules.lint, introduces("4"), unsafe=False)
    assert [d.code for d in result.fixed] == ["one", "three"]
    assert refused(result) == {
        "two": "the record would change in another way than meant",
        "four": "it would bring a new finding, YY001",
    }


def test_the_guilty_are_found_among_unsafe_repairs() -> None:
    rules = Comments(("one", "1", (), ()), ("two", "2", (), ()), unsafe=True)
    result = repair(read(COMMENTED), rules.lint, introduces("2"), unsafe=True)
    assert [d.code for d in result.fixed] == ["one"]
    assert list(refused(result)) == ["two"]


def test_who_is_near_need_not_be_guilty() -> None:
    rules = Comments(("one", "1", (), ("title",)), ("two", "2", (), ("type",)))
    result = repair(read(COMMENTED), rules.lint, introduces("2"), unsafe=False)
    assert [d.code for d in result.fixed] == ["one"]
    assert list(refused(result)) == ["two"]


# A search for who is guilty costs five times the file, and one for what cannot be proved once.
@pytest.mark.parametrize(
    ("times", "guilty"),
    [
        (0, ["one", "two", "three", "four"]),
        (14, ["one", "two", "three", "four"]),
        (15, ["four"]),  # "one" and "two" are let go when "three" has been repaired, which makes it worth another try
    ],
)
def test_the_search_for_the_guilty_has_an_end(monkeypatch: pytest.MonkeyPatch, times: int, guilty: list[str]) -> None:
    afford(monkeypatch, times * len(COMMENTED))
    rules = Comments(*((each, each[:2], (), ()) for each in ("one", "two", "three", "four")))
    result = repair(read(COMMENTED), rules.lint, introduces("fo"), unsafe=False)
    assert list(refused(result)) == guilty


@pytest.mark.parametrize(
    ("times", "guilty"), [(0, ["one", "two", "three"]), (5, ["one", "two"]), (9, ["one", "two"]), (10, ["one"])]
)
def test_the_search_begins_with_who_is_near(monkeypatch: pytest.MonkeyPatch, times: int, guilty: list[str]) -> None:
    afford(monkeypatch, times * len(COMMENTED))
    rules = Comments(("one", "1", (), ("title",)), ("two", "2", (), ("title",)), ("three", "3", (), ("type",)))
    result = repair(read(COMMENTED), rules.lint, introduces("1"), unsafe=False)
    assert list(refused(result)) == guilty


@pytest.mark.parametrize(("times", "made"), [(0, []), (1, ["three", "four"]), (2, ["one", "three", "four"])])
def test_the_search_for_what_cannot_be_made_has_an_end(times: int, made: list[str]) -> None:
    many = "too many repairs of this file cannot be made to find out which"
    rules = Comments(("one", "1", (), ()), ("two", "2", LIE, ()), ("three", "3", (), ()), ("four", "4", (), ()))
    groups, failed = _sorted_out(read(COMMENTED), rules.lint(read(COMMENTED)), _Bounds(1000, times * len(COMMENTED)))
    assert [d.code for group, _ in groups for d in group] == made
    reasons = {d.code: reason for d, reason in failed.values()}
    assert reasons["two"] == (many if times < 2 else "the record would change in another way than meant")


# --- the search for what is guilty -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("suspects", "guilty", "asked"),
    [
        ("", "", 0),
        ("a", "a", 0),
        ("ab", "a", 1),
        ("ab", "b", 2),
        ("ab", "ab", 2),
        ("abc", "ac", 4),
        ("abcdefgh", "a", 3),
        ("abcdefgh", "h", 6),
        ("abcdefgh", "cd", 5),
        ("abcdefgh", "ah", 8),
        ("abcdefgh", "abgh", 9),
        ("abcdefgh", "abcdefgh", 14),
    ],
)
def test_the_guilty_are_found_by_halves(suspects: str, guilty: str, asked: int) -> None:
    questions: list[str] = []

    def cures(group: Sequence[Diagnostic]) -> bool:
        questions.append("".join(each.code for each in group))
        return set(guilty) <= set(questions[-1])

    found = _guilty([Diagnostic(Span(0, 1), "m", code=code) for code in suspects], [], cures)
    assert ("".join(each.code for each in found), len(questions)) == (guilty, asked)


@pytest.mark.parametrize(
    ("answers", "guilty"),
    [
        (0, "abcdefgh"),
        (1, "abcdefgh"),
        (2, "abcdefgh"),
        (3, "abcdefgh"),
        (4, "abcdefh"),
        (5, "abcdh"),
        (6, "abcdh"),
        (7, "abh"),
        (8, "ah"),
    ],
)
def test_where_it_takes_too_long_more_are_guilty_never_fewer(answers: int, guilty: str) -> None:
    left = answers

    def cures(group: Sequence[Diagnostic]) -> bool | None:
        nonlocal left
        left -= 1
        return {"a", "h"} <= {each.code for each in group} if left >= 0 else None

    found = _guilty([Diagnostic(Span(0, 1), "m", code=code) for code in "abcdefgh"], [], cures)
    assert "".join(each.code for each in found) == guilty


def test_an_effort_is_counted_in_characters() -> None:
    effort = _Bounds(1000, 30)
    assert effort.spend(parse("12345"))
    assert effort.spend(parse("12345"), 2)
    assert effort.spend(parse("1234567"), 2)
    assert effort.left == 1
    assert effort.spend(parse("1"))
    assert not effort.spend(parse("1"))
    assert _Bounds(1000).left == 5_000_000


# --- what can be made together -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("taken", "free", "shared"),
    [
        ([], [(0, 0), (0, 5)], []),
        (
            [(5, 10)],
            [(0, 5), (4, 4), (10, 10), (10, 12), (11, 11)],
            [(5, 5), (7, 7), (9, 9), (5, 10), (6, 8), (0, 6), (9, 12), (0, 20)],
        ),
        ([(5, 5)], [(0, 5), (4, 4), (6, 6), (6, 8)], [(5, 5), (5, 8), (4, 6), (0, 10)]),
        (
            [(8, 10), (0, 2), (4, 6)],
            [(2, 4), (3, 3), (6, 8), (10, 11)],
            [(1, 3), (3, 5), (5, 7), (7, 9), (9, 11), (2, 9), (0, 11), (3, 9)],
        ),
        ([(0, 10), (10, 10)], [(11, 12)], [(9, 9), (9, 12), (10, 12), (3, 4)]),
    ],
)
def test_ranges_that_share_nothing(
    taken: list[tuple[int, int]], free: list[tuple[int, int]], shared: list[tuple[int, int]]
) -> None:
    ranges = _Ranges()
    ranges.take(taken)
    assert [each for each in [*free, *shared] if ranges.is_free(each)] == free


def fixable(code: str, *edits: tuple[int, int], change: tuple[int, int] | None = None) -> Diagnostic:
    changes = () if change is None else (Change(*change, ()),)
    made = Fix("t", tuple(Edit(Span(*span), "") for span in edits), changes=changes)
    return Diagnostic(Span(0, 1), "m", fix=made, code=code)


def test_the_first_come_are_made_together() -> None:
    found = [
        Diagnostic(Span(0, 1), "m", code="no fix"),
        fixable("A", (0, 5), (20, 21), change=(3, 2)),
        fixable("inside of A", (2, 3)),
        fixable("as far as A", (40, 41), (20, 25)),
        fixable("B", (5, 8), change=(5, 1)),
        fixable("in the data of A", (50, 51), change=(4, 1)),
        fixable("before the data of A", (52, 53), change=(2, 1)),
        fixable("into the data of A", (54, 55), change=(1, 3)),
        fixable("what the one refused had", (40, 41)),
    ]
    made = [each.code for each in _compatible(found)]
    assert made == ["A", "B", "before the data of A", "what the one refused had"]


def test_findings_are_counted_by_place_and_once_more_where_they_are_reported() -> None:
    def at(code: str, *path: str | int, muted: Mute | None = None) -> Diagnostic:
        return Diagnostic(Span(0, 1), "m", severity=WARNING, data_path=path, code=code, muted=muted)

    told = Diagnostic(Span(0, 1), "m", severity=INFO, data_path=("title",), code="XX003")
    found = [
        at("XX001", "images", 0, "url"),
        at("XX001", "images", 7, "url"),
        at("XX001", "images"),
        at("XX002", "title", muted=Mute("comment")),
        told,
    ]
    assert _tally(found) == {
        ("XX001", ("images", "*", "url"), False): 2,
        ("XX001", ("images", "*", "url"), True): 2,
        ("XX001", ("images",), False): 1,
        ("XX001", ("images",), True): 1,
        ("XX002", ("title",), False): 1,
    }


# --- what is shown of it -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("a\n", "a\n", ""),
        ("a\nb\n", "a\nc\n", "--- x.md\n+++ x.md\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n"),
        ("", "a\n", "--- x.md\n+++ x.md\n@@ -0,0 +1 @@\n+a\n"),
        ("a\r\n", "a\n", "--- x.md\n+++ x.md\n@@ -1 +1 @@\n-a\r\n+a\n"),
        ("a\rb\n", "a\rc\n", "--- x.md\n+++ x.md\n@@ -1 +1 @@\n-a\rb\n+a\rc\n"),
        ("a\x85\u2028b\n", "\n", "--- x.md\n+++ x.md\n@@ -1 +1 @@\n-a\x85\u2028b\n+\n"),
        (
            "a\nb",
            "a\nc",
            "--- x.md\n+++ x.md\n@@ -1,2 +1,2 @@\n a\n-b\nNO\n+c\nNO\n".replace("NO", "\\ No newline at end of file"),
        ),
    ],
)
def test_a_diff_is_what_the_program_diff_prints(old: str, new: str, shown: str) -> None:
    assert diff(old, new, "x.md") == shown
