"""What can be wrong with where a line stands: a key or a list item indented unlike its neighbours, tabs."""

from __future__ import annotations

from feedlint.diagnostic import SAFE, UNSAFE, Edit, Label
from feedlint.rules.ya.culprit import Culprit, Front, brief, shape_at
from feedlint.source import Span
from feedlint.source.fields import Field, Line
from feedlint.source.nodes import DataPath
from feedlint.typed import NamedTuple


def tabs(front: Front, width: int) -> Culprit | None:
    """Return the tabs in the indentation of *front* as one culprit, to be replaced up to every *width* columns."""
    leads = [
        Span(field.line.start, field.line.content)
        for field in front.fields
        if "\t" in front.text[field.line.start : field.line.content]
    ]
    if not leads:
        return None
    first = front.text.index("\t", leads[0].start)
    if not width:
        return _stray(front, Span(first, first + 1), leads)
    lines = "this line" if len(leads) == 1 else f"{len(leads)} lines"
    return Culprit(
        Span(first, first + 1),
        f"a tab in the indentation of {lines}, where YAML allows spaces only: indent with spaces",
        "indent with spaces",
        tuple(Edit(lead, front.text[lead.start : lead.end].expandtabs(width)) for lead in leads),
        SAFE,
    )


def are_stray(front: Front) -> bool:
    """Tell whether all tabs stand where nothing is to be indented: below whole fields at the left margin.

    The columns of *front* must be those without its tabs.
    """
    above = None
    for field in front.fields:
        has_tab = "\t" in front.text[field.line.start : field.line.content]
        if has_tab and above is not None and (above.is_open or above.line.column):
            return False
        above = field
    return True


def _stray(front: Front, span: Span, leads: list[Span]) -> Culprit:
    lines, them = ("this line", "it") if len(leads) == 1 else (f"{len(leads)} lines", "them")
    known = all(
        shape_at(field.path) for field in front.fields if "\t" in front.text[field.line.start : field.line.content]
    )
    return Culprit(
        span,
        f"a tab before {lines}, where nothing is to be indented: delete {them}",
        f"delete {them}",
        tuple(Edit(lead, front.text[lead.start : lead.end].replace("\t", "")) for lead in leads),
        SAFE if known else UNSAFE,
    )


class _Move(NamedTuple):
    """That *size* fields from *number* on belong at *column*, where *other* begins."""

    number: int
    size: int
    column: int
    other: Line


def misplaced(front: Front, at: int) -> list[Culprit]:
    """Return what may be wrong with the indentation at the line of *at*, the likelier first.

    Either that line stands wrong, alone or with what is below it or beside it, or the line above it does: reading on
    tells. There is none where the line fits those above.
    """
    number = front.number_at(at)
    if number < 1 or _fits(front.fields[number], front.fields[number - 1]):
        return []
    moves = _moves(front, number)
    if not moves:
        field = front.fields[number]
        message = f"{_what(front, field.line)} stands where a key is due: there is no list that it could go on with"
        return [Culprit(_begin(front, field.line), message, "", (), None, field.path)]
    above = front.fields[number - 1]
    around = max((block.column for block in above.blocks if block.column < above.line.indent), default=-2)

    def unlikeliness(move: _Move) -> tuple[bool, int, bool, int]:
        # Where reading on does not tell: to where an article has such a field, near, two columns in, of few lines.
        shift = abs(move.column - front.fields[move.number].line.indent)
        return shape_at(_path(front, move)) is None, shift, move.column != around + 2, move.size

    return [_culprit(front, move) for move in sorted(moves, key=unlikeliness)]


def _alike(field: Field) -> set[int]:
    """Return the columns of the mappings, or the lists, above that *field* could go on with."""
    return {block.column for block in field.blocks if block.is_list == bool(field.line.dashes)}


def _fits(field: Field, above: Field) -> bool:
    """Tell whether *field* stands where it can: it is a text, or below a key, or goes on with what is above."""
    line = field.line
    is_below = above.is_open and line.indent >= above.parent + (not line.dashes)
    return not line.opens or is_below or line.indent in _alike(field)


def _moves(front: Front, number: int) -> list[_Move]:
    field, above = front.fields[number], front.fields[number - 1]
    line, is_item = field.line, bool(field.line.dashes)
    column = above.line.indent if is_item else above.line.column
    alike = sorted(_alike(field))
    moves = [
        _Move(number, size, wanted, _neighbour(front, number, wanted))
        for wanted in (*[c for c in alike if c > line.indent][:1], *[c for c in alike if c < line.indent][-1:])
        for size in sorted({1, *(_count(front, number, wanted, beside=beside) for beside in (False, True))})
    ]
    if above.line.dashes if is_item else above.line.colon is not None:
        moves.append(_Move(number - 1, 1, max(0, above.line.indent + line.indent - column), line))
    return moves


def _count(front: Front, number: int, wanted: int, *, beside: bool) -> int:
    """Return how many fields move with *number* to column *wanted*: what is below it, and *beside* it if asked."""
    first = front.fields[number].line
    has_parts = False
    for at in range(number, len(front.fields)):
        field = front.fields[at]
        line = field.line
        is_beside = line.opens and line.indent == first.indent and bool(line.dashes) == bool(first.dashes)
        if at == number or (beside and is_beside):
            has_parts = field.is_open or bool(line.dashes)
        elif not has_parts or line.indent <= max(first.indent, wanted):
            return at - number
    return len(front.fields) - number


def _culprit(front: Front, move: _Move) -> Culprit:
    field = front.fields[move.number]
    what, others = _what(front, field.line), "items" if field.line.dashes else "fields"
    return Culprit(
        _begin(front, field.line),
        f"{what} is {_indented(field.line.indent)}, the {others} it belongs to are {_indented(move.column)}",
        f"indent {what} by {_spaces(move.column)}" if move.column else f"do not indent {what}",
        _shifted(front, move),
        UNSAFE,
        _path(front, move),
        (Label(_begin(front, move.other), _indented(move.column)),),
    )


def _path(front: Front, move: _Move) -> DataPath:
    """Return where in the record the field is once it is moved."""
    field = front.fields[move.number]
    own = len(field.line.dashes) + (field.line.colon is not None)
    return (*(block.item for block in field.blocks if block.column < move.column), *field.path[-own:])


def _begin(front: Front, line: Line) -> Span:
    """Return the dash or the key that *line* begins with."""
    if line.dashes:
        dash = front.text.index("-", line.start)
        return Span(dash, dash + 1)
    return Span(line.content, line.end if line.colon is None else line.colon)


def _what(front: Front, line: Line) -> str:
    return "this list item" if line.dashes else brief(front.text[line.content : line.colon])


def _neighbour(front: Front, number: int, column: int) -> Line:
    """Return the nearest line above field *number* that begins a field, or an item if it is one, at *column*."""
    is_item = bool(front.fields[number].line.dashes)
    above = (front.fields[at].line for at in range(number - 1, -1, -1))
    return next(line for line in above if (column in line.dashes if is_item else column == line.column))


def _shifted(front: Front, move: _Move) -> tuple[Edit, ...]:
    edits = []
    by = move.column - front.fields[move.number].line.indent
    for field in front.fields[move.number : move.number + move.size]:
        line = field.line
        written = front.text[line.start : line.end]
        lead = Span(line.start, line.end - len(written.lstrip(" \t")))
        edits.append(Edit(lead, " " * (line.indent + by)))
    return tuple(edits)


def _spaces(count: int) -> str:
    return "1 space" if count == 1 else f"{count} spaces"


def _indented(count: int) -> str:
    return f"indented by {_spaces(count)}" if count else "not indented"
