"""``feedlint completion``: let a shell complete the command line.

The scripts are small and know nothing: at each Tab they ask ``feedlint completion --words``, which asks the parsers of
the commands. So what they offer is what this version takes.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from importlib import import_module

from feedlint import catalogue
from feedlint.cli import COMMANDS
from feedlint.cli.parser import Parser
from feedlint.cli.usage import OK, UsageError
from feedlint.formats import FORMATS
from feedlint.git import GitError, run
from feedlint.rules import RULES
from feedlint.typed import Final, NamedTuple

_EPILOG: Final = """\
to have it in every shell:
  bash   add to ~/.bashrc    source <(feedlint completion bash)
  zsh    add to ~/.zshrc     source <(feedlint completion zsh)      (below compinit)
  fish   run once            feedlint completion fish > ~/.config/fish/completions/feedlint.fish
"""

_BASH: Final = r"""# feedlint, completed by bash: source <(feedlint completion bash)
_feedlint() {
    local word glue= typed=() count=0
    for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do # bash takes --select=TX apart: put it together
        if [[ $count -gt 0 && ( $glue || $word == = ) ]]; then
            typed[count-1]+=$word
        else
            typed[count]=$word
            count=$((count + 1))
        fi
        glue=
        if [[ $word == = ]]; then glue=1; fi
    done
    local current=${typed[count-1]} taken= text about file prefix
    if [[ $COMP_WORDBREAKS == *=* ]]; then taken=${current%"${current##*=}"}; fi # bash keeps this, and wants the rest
    COMPREPLY=()
    while IFS=$'\t' read -r text about; do
        if [[ $text != /* ]]; then
            COMPREPLY+=("${text#"$taken"}")
            continue
        fi
        compopt -o filenames 2>/dev/null
        prefix=${text#/}
        while IFS= read -r file; do
            file=$prefix$file
            COMPREPLY+=("${file#"$taken"}")
        done < <(compgen -f -- "${current#"$prefix"}")
    done < <("$1" completion --words "${typed[@]}" 2>/dev/null)
}
complete -F _feedlint feedlint
"""

_ZSH: Final = r"""#compdef feedlint
# feedlint, completed by zsh: source <(feedlint completion zsh), below compinit
_feedlint() {
    local line prefix
    local -a found
    local -a typed=("${(@Q)words[1,CURRENT-1]}" "${(Q)PREFIX}")
    for line in "${(@f)$("$typed[1]" completion --words "${(@)typed[2,-1]}" 2>/dev/null)}"; do
        if [[ $line == /* ]]; then
            prefix=${line#/}
            compset -P "${(b)prefix}"
            _files
        elif [[ -n $line ]]; then
            found+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
        fi
    done
    (( $#found )) && _describe feedlint found
}
if [[ ${funcstack[1]} == _feedlint ]]; then _feedlint "$@"; else compdef _feedlint feedlint; fi
"""

_FISH: Final = r"""# feedlint, completed by fish: feedlint completion fish > ~/.config/fish/completions/feedlint.fish
function __feedlint
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    for line in ($words[1] completion --words $words[2..-1] "$current" 2>/dev/null)
        if string match -q '/*' -- $line
            set -l prefix (string sub -s 2 -- $line)
            set -l start (math (string length -- "$prefix") + 1)
            for file in (__fish_complete_path (string sub -s $start -- "$current"))
                echo -- "$prefix$file"
            end
        else
            echo -- $line
        end
    end
end
complete -c feedlint -f -a '(__feedlint)'
"""

_SCRIPTS: Final = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}


class Candidate(NamedTuple):
    """A word that may stand where one is being typed, and what it is; ``/BEGINNING``: any file after BEGINNING."""

    text: str
    about: str = ""


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command's arguments."""
    parser = Parser(
        prog="feedlint completion",
        description="Print the script that lets a shell complete the command line of feedlint.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("shell", nargs="?", choices=tuple(_SCRIPTS), help="which shell")
    parser.add_argument(
        "--words", nargs=argparse.REMAINDER, metavar="WORD", help="what is typed so far: print what the last may become"
    )
    return parser


def main(argv: Sequence[str]) -> int:
    """Run the command with *argv*; return the exit status."""
    options = parser().parse_args(argv)
    if options.words is not None:
        for candidate in candidates(options.words):
            print(*filter(None, candidate), sep="\t")
    elif options.shell is None:
        raise UsageError(f"completion of which shell: {', '.join(_SCRIPTS)}?")
    else:
        print(script(options.shell), end="")
    return OK


def script(shell: str) -> str:
    """Return the script for *shell*, one of "bash", "zsh" and "fish"."""
    return _SCRIPTS[shell]


def candidates(words: Sequence[str]) -> list[Candidate]:
    """Return what the last of *words*, the arguments typed so far, may become; each a whole word."""
    *before, word = words or [""]
    command = before[0] if before and before[0] in COMMANDS else None
    known: argparse.ArgumentParser = import_module(f"feedlint.cli.{command or 'options'}").parser()
    found = list(_following(known, before[1:] if command else before, word))
    if not before:
        found += [Candidate(name, _command_about(name)) for name in COMMANDS]
    lower = word.lower()
    return [each for each in found if each.text.startswith("/") or each.text.lower().startswith(lower)]


def _following(parser: argparse.ArgumentParser, before: Sequence[str], word: str) -> Iterator[Candidate]:
    """Yield what *word* may become after the words *before*, all arguments of *parser*."""
    takers = {name: action for action in parser._actions for name in action.option_strings if action.nargs != 0}
    last = before[-1] if before else ""
    name, equals, value = word.partition("=")
    if "--" in before:
        yield from _values(_positional(parser, before, takers), word)
    elif equals and name in takers:
        yield from _values(takers[name], value, f"{name}=")
    elif last in takers:
        yield from _values(takers[last], word)
    elif word.startswith("-"):
        for action in parser._actions:
            if "append" in type(action).__name__.lower() or not set(action.option_strings) & set(before):
                about = (action.help or "") % {**vars(action), "prog": parser.prog}
                yield from (Candidate(name, about) for name in action.option_strings if name.startswith("--"))
    else:
        yield from _values(_positional(parser, before, takers), word)


def _positional(
    parser: argparse.ArgumentParser, before: Sequence[str], takers: Iterable[str]
) -> argparse.Action | None:
    """Return which argument without a name comes next after the words *before*, if any does."""
    takers = set(takers)
    given = sum(
        not word.startswith("-") and (index == 0 or before[index - 1] not in takers)
        for index, word in enumerate(before)
    )
    for action in (action for action in parser._actions if not action.option_strings):
        if action.nargs in ("*", "+") or given == 0:
            return action
        given -= 1
    return None


def _values(action: argparse.Action | None, value: str, start: str = "") -> Iterator[Candidate]:
    """Yield what *value*, typed for *action* after *start*, may become."""
    if action is None:
        return
    if action.choices is not None:
        yield from (Candidate(f"{start}{choice}") for choice in action.choices)
        return
    metavar = action.metavar if isinstance(action.metavar, str) else ""
    if metavar in _FILES:
        yield Candidate(f"/{start}")
    elif metavar == "FORMAT[=FILE]" and "=" in value:
        yield Candidate(f"/{start}{value.partition('=')[0]}=")
    elif metavar in _LISTS:
        start += value[: value.rfind(",") + 1] if metavar == "RULES" else ""
        yield from (each._replace(text=start + each.text) for each in _LISTS[metavar]())


# --- values by what the help calls them --------------------------------------------------------------------

_FILES: Final = ("PATH", "FILE", "FOLDER", "NAME")


def _rules() -> Iterator[Candidate]:
    yield Candidate("ALL", "all rules")
    for family in dict.fromkeys(rule.family for rule in RULES):
        yield Candidate(family, f"all rules {family}…")
    for rule in RULES:
        yield Candidate(rule.code, f"{rule.name}: {rule.summary}")
    for rule in RULES:
        yield Candidate(rule.name, f"{rule.code}: {rule.summary}")


def _schemas() -> Iterator[Candidate]:
    yield from map(Candidate, catalogue.names())


def _formats() -> Iterator[Candidate]:
    yield from map(Candidate, FORMATS)


def _revisions() -> Iterator[Candidate]:
    with suppress(GitError):
        names = run(".", "for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/remotes", "refs/tags")
        yield from map(Candidate, names.decode("utf-8", "backslashreplace").splitlines())


_LISTS: Final[dict[str, Callable[[], Iterator[Candidate]]]] = {
    "RULES": _rules,
    "CODE|NAME": _rules,
    "SCHEMA": _schemas,
    "FORMAT[=FILE]": _formats,
    "REV": _revisions,
}


def _command_about(name: str) -> str:
    return str(import_module(f"feedlint.cli.{name}").parser().description)
