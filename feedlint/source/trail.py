"""Reading a file without a YAML parser, line by line, as others before it were read.

The files of a feed are written by programs, or as those write them: thousands have the same lines, but for what stands
behind the colons, and in most of these the same is said again and again. So each line is understood once: where it
stands (which collections are open, which keys they have had) and what it says tell what it adds, and where the next
line will stand. A line that is known costs one look-up. The steps that a file takes are its *trail*; two files with
the same steps have the same tree, and differ in values that are of a kind.

Plain are mappings and lists in block style whose keys are words, each there once, and whose values are the scalars of
:mod:`~feedlint.source.plain`, or lists of such texts in brackets. What is inside of another is indented by two, a list
perhaps by none. Nothing has no value. What is not as plain as that has no trail, and is read by
:func:`~feedlint.source.document.parse`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import lru_cache

from feedlint.lazy import regex
from feedlint.source.plain import data, scalar, texts
from feedlint.source.readings import MAX_DEPTH, may_differ
from feedlint.typed import Any, Final, NamedTuple

# How a line begins, up to its value. A key without a value keeps its line.
_LINE = regex(r"[ -]*(?:[A-Za-z_][A-Za-z0-9_-]*:(?: |\Z))?")
_BEGIN = regex(r"( *)((?:- )*)(?:([A-Za-z_][A-Za-z0-9_-]*): ?)?")
_MOST_LINES: Final = 256
"""Lines that are known in one place. More are those that each file has its own of: titles, addresses, dates."""
_MOST_PLACES: Final = 2000
"""Places in which lines are known: 835 real files have 420, with 12 lines each."""


class Place:
    """What is asked of a part of a file, by the keys that lead to it: here nothing."""

    role: str | None = None
    fits: Callable[[str], bool] | None = None
    """Tells whether a text in quotes is of the kind "str" where another one is; None: each is."""

    def below(self, key: str | None) -> Place:  # noqa: ARG002  # here all places are alike
        """Return the place of what *key* leads to; None: of an item."""
        return self

    def kind(self, tag: str, style: str, text: str) -> Hashable:  # noqa: ARG002
        """Return what tells values at this place apart, as far as it matters; None for one to be looked at in full."""
        return tag


class Opened(NamedTuple):
    """A collection that a line opens: how many are around it, its key (None: it is an item), its type, its place.

    Its keys or dashes are in *column*.
    """

    depth: int
    key: str | None
    tag: str
    place: Place
    column: int


class Step:
    """What a line adds to a tree: the collections it opens, and a value, of type ``tag``, in the innermost left open.

    ``depth`` is how many are open then. The tag is "" where the line says no value, and "seq" for a list in brackets.
    ``kind`` is what the place of the value, which has ``role``, tells it apart by. The key is in ``column``, and what
    is said begins in that of ``width``.
    """

    __slots__ = ("column", "depth", "key", "kind", "opens", "place", "role", "state", "tag", "width")

    def __init__(self, turn: _Turn, tag: str, kind: Hashable, state: _State) -> None:
        self.opens = turn.opens
        self.depth = turn.depth
        self.column = turn.column
        self.width = turn.width
        self.key = turn.key
        self.place = turn.place
        self.role = turn.place.role
        self.tag = tag
        self.kind = kind
        self.state = state


class Trail(NamedTuple):
    """The *steps* of a file, and the text that each says; "" where it says none."""

    steps: tuple[Step, ...]
    says: Sequence[str]


class _Open(NamedTuple):
    """A collection that more may come to: the column of its keys or dashes, its type, the keys it has, its place."""

    column: int
    tag: str
    keys: frozenset[str]
    place: Place


class _State:
    """Where a line stands: in which collections, and where a value is *due*, behind which key.

    ``known`` has the lines that were here, ``turns`` how they begin, ``texts`` the steps of those that say a text in
    quotes, by what is before these.
    """

    __slots__ = ("due", "key", "known", "stack", "texts", "turns")

    def __init__(self, stack: tuple[_Open, ...], due: Place | None, key: str | None) -> None:
        self.stack = stack
        self.due = due
        self.key = key
        self.known: dict[str, tuple[Step, str]] = {}
        self.turns: dict[str, _Turn] = {}
        self.texts: dict[str, Step] = {}

    def keep(self, line: str, found: tuple[Step, str]) -> None:
        """Have *line* be known, which has come here, unless very many are."""
        if len(self.known) < _MOST_LINES:
            self.known[line] = found


class _Turn(NamedTuple):
    """How a line begins that is plain where it stands: what it opens, and where its value goes.

    Its key is in ``column``, and ``width`` is how many characters it begins with. ``steps`` are those for the kinds of
    values, None for no value.
    """

    opens: Sequence[Opened]
    depth: int
    column: int
    width: int
    key: str | None
    place: Place
    stack: tuple[_Open, ...]
    steps: dict[Hashable, Step]


class Reader:
    """Reads files whose outermost mapping is at *place*, and remembers their lines."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._forget()

    def _forget(self) -> None:
        self._states: dict[tuple[tuple[_Open, ...], str | None, bool], _State] = {}
        self._start = self._state((), self._place, None)

    def read(self, lines: Sequence[str]) -> Trail | None:
        """Return the trail of a file with these *lines*; None where one of them is not plain."""
        if len(self._states) > _MOST_PLACES:
            self._forget()
        steps: list[Step] = []
        says: list[str] = []
        state = self._start
        for line in lines:
            found = state.known.get(line)
            if found is None:
                if not line:
                    continue
                # Most are texts in quotes that have no escapes, and begin as others here did.
                begin, _, rest = line.partition('"')
                step = state.texts.get(begin)
                if step is not None and rest.find('"') == len(rest) - 1 >= 0 and "\\" not in rest:
                    said, fits = rest[:-1], step.place.fits
                    if fits is None or fits(said):
                        steps.append(step)
                        says.append(said)
                        state = step.state
                        continue
                found = self._find(state, line)
                if found is None:
                    return None
            step, said = found
            steps.append(step)
            says.append(said)
            state = step.state
        return Trail(tuple(steps), says) if state.due is None else None

    def _find(self, state: _State, line: str) -> tuple[Step, str] | None:
        """Return the step that *line* is, and what it says."""
        at = line.find(": ") + 2
        turn = state.turns.get(line[:at]) if at > 1 else None
        if turn is None:
            match = _LINE.match(line)
            assert match is not None  # it fits whatever there is
            begin, at = match[0], match.end()
            turn = state.turns.get(begin) or _turn(state, begin)
            if turn is None:
                return None
            state.turns[begin] = turn
        found = self._say(turn, line[at:])
        if found is None:
            return None
        step, said = found
        if step.kind == "str" and line[at:] == f'"{said}"':
            state.texts[line[:at]] = step
        else:
            state.keep(line, found)
        return found

    def _say(self, turn: _Turn, said: str) -> tuple[Step, str] | None:
        """Return the step of a line that begins as *turn* has it, and says *said*."""
        if not said:
            kind: Hashable = None
            tag, text = "", ""
        elif said[0] == "[":
            if not texts(said):
                return None
            kind, tag, text = said, "seq", said
        else:
            found = scalar(said)
            if found is None:
                return None
            tag, style, text = found
            kind = turn.place.kind(tag, style, text)
            if kind is None:
                return None
        step = turn.steps.get(kind)
        if step is None:
            if not tag and turn.key is None:
                return None
            if len(turn.steps) >= _MOST_LINES:  # of kinds that are each file's own
                turn.steps.clear()
            state = self._state(turn.stack, None if tag else turn.place, turn.key)
            step = turn.steps[kind] = Step(turn, tag, kind, state)
        return step, text

    def _state(self, stack: tuple[_Open, ...], due: Place | None, key: str | None) -> _State:
        """Return the one state with *stack*, where a value is *due* behind *key*, or none."""
        return self._states.setdefault((stack, key, due is None), _State(stack, due, key))


def _turn(state: _State, begin: str) -> _Turn | None:
    """Return what a line that begins with *begin* does in *state*; None where it is not plain there."""
    parts = _begun(begin)
    if parts is None:
        return None
    column, dashes, key = parts
    path = _Path(state)
    for at in range(column, column + 2 * dashes, 2):
        if not path.go_to(at, "seq"):
            return None
        path.await_value(None)
    if key is not None:
        if not path.go_to(column + 2 * dashes, "map") or key in path.stack[-1].keys:
            return None
        path.await_value(key)
    if path.due is None or not (dashes or key is not None) or len(path.stack) >= MAX_DEPTH:
        return None
    place = column + 2 * dashes, len(begin)
    return _Turn(path.opens, len(path.stack), *place, path.key, path.due, tuple(path.stack), {})


@lru_cache(maxsize=1024)  # lines begin in some hundred ways
def _begun(begin: str) -> tuple[int, int, str | None] | None:
    """Return the column in which a line that begins with *begin* does, its dashes, and its key, which may be None.

    None where it is not plain.
    """
    parts = _BEGIN.fullmatch(begin)
    if parts is None or (parts[3] is not None and may_differ(parts[3])):
        return None
    return len(parts[1]), len(parts[2]) // 2, parts[3]


class _Path:
    """The way from *state* to where a line puts its value."""

    def __init__(self, state: _State) -> None:
        self.stack = [*state.stack]
        self.due = state.due
        self.key = state.key
        self.opens: list[Opened] = []

    def go_to(self, column: int, tag: str) -> bool:
        """Go to the collection of type *tag* whose parts are in *column*, which is opened where a value is due."""
        stack = self.stack
        if self.due is not None:
            indents = (2, 0) if tag == "seq" and self.key is not None else (2,)
            places = [stack[-1].column + indent for indent in indents] if stack else [0]
            if column not in places or not (stack or tag == "map"):
                return False
            self.opens.append(Opened(len(stack), self.key, tag, self.due, column))
            stack.append(_Open(column, tag, frozenset(), self.due))
            self.due = None
            return True
        while stack and (stack[-1].column > column or (stack[-1].column == column and stack[-1].tag != tag)):
            stack.pop()
        return bool(stack) and stack[-1].column == column

    def await_value(self, key: str | None) -> None:
        """Have a value come behind *key* in the innermost collection, or as its next item."""
        inner = self.stack[-1]
        self.key, self.due = key, inner.place.below(key)
        if key is not None:
            self.stack[-1] = inner._replace(keys=inner.keys | {key})


def data_of(trail: Trail) -> Any:
    """Return the data that a reader gets of a file with this *trail*."""
    stack: list[Any] = []
    for step, said in zip(*trail, strict=True):
        for opened in step.opens:
            new: Any = {} if opened.tag == "map" else []
            del stack[opened.depth :]
            if stack:
                _put(stack[-1], opened.key, new)
            stack.append(new)
        if step.tag:
            value = list(texts(said)) if step.tag == "seq" else data(step.tag, said)
            _put(stack[step.depth - 1], step.key, value)
    return stack[0]


def _put(holder: Any, key: str | None, value: Any) -> None:
    if key is None:
        holder.append(value)
    else:
        holder[key] = value
