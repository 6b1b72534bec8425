"""Cases: what a single value says, and what of it is lost."""

from __future__ import annotations

from benchmarks.readers.case import DATA, Case, valued

# What one reader or another takes for something else than a text.
_AMBIGUOUS = """\
yes no on off Yes NO On OFF y n Y N true True TRUE false null Null NULL ~ 012 0777 08 0o12 0x1F 0b101 007 00
16:9 1:30:00 190:20:30 20:30 07:45 12:30:45.5 1_000 1__0 685_230.15 1,000 3,50 1,2,3 12e3 1e3 1e5 12e4567 1.5e3 +12e03
1.e3 .5 5. 0. +1 -0 -7 0.10 1.0 3.14 2020 9007199254740993 123456789012345678901 12345678901234567890123.5
:word :16 :-) = << .inf +.inf -.Inf .nan 2020-12-08 2020-1-2 2020-02-30 2020-13-45 2020-12-08T21:40:00Z"""
_NUMBERS = '012 6_1 6,1 0x3D 0o75 1:01 0061 6e1 61e400 ~ sixty "61" [61]'
_BOOLEANS = ["yes", "on", "y", "1", '"true"', "~", "t", "!!bool true"]
_DATES = """\
2021-03-14 07:30:00
2021-03-14T07:30:00
2021-03-14T08:30:00+01:00
2021-03-14
2021-3-14T7:30:00Z
2021-02-30T07:30:00Z
2021-03-14T24:30:00Z
2021-03-14T07:30Z
2021-03-14t07:30:00z
1615707000
2021-03-14 07:30:00 +01:00
14.03.2021
2021-03-14T07:30:00.123456789Z
2021-03-14T07:30:60Z"""
# What every reader takes for a text, though it looks like something else.
_TEXTS = """\
yes we sail
12 boats
16:9 is wide
3,50 is the fare
No. 7
1.2.3
~40 boats
12e
10:30 Uhr
a:b
C# and F#
boats&ferries
it's
a "fine" boat
100%
a @ b
boats, ferries
x [y] z
a | b
a > b
why? because!
-- a
a - b
?x
nullable
0x
_1
0b
0o8
=x
<b
https://www.example.com/#top
1st
2020-12-08 was a day
(no)
on and off"""


def _scalars() -> list[Case]:
    cases = [
        valued(f"plain text {word}", f"excerpt: {word}", "hazard", "a text for some, something else for others",
               excerpt=word)
        for word in _AMBIGUOUS.split()
    ]  # fmt: skip
    cases += [valued(f"quoted text {word}", f'excerpt: "{word}"', "sound", "quotes make a text", excerpt=word)
              for word in ("yes", "012", "16:9", "~", "<<", "2020-12-08", "1_000", ":word", "null", "=")]  # fmt: skip
    cases += [valued(f"a name {word}", f"provider:\n  name: {word}\n  domain: example.com", "hazard",
                     "a name for some, something else for others", provider={"name": word, "domain": "example.com"})
              for word in ("No", "24:7", "1,000", "20:20", ":sport", "2020")]  # fmt: skip
    cases += [valued(f"a topic {word}", f"topics:\n  - {word}", "hazard", "a text for some, something else for others",
                     topics=[word]) for word in ("No", "16:9", "2020", "=", "1_000", "null")]  # fmt: skip
    cases += [valued(f"flow topic {word}", f"topics: [{word}, Trams]", "hazard",
                     "a text for some, something else for others", topics=[word, "Trams"])
              for word in ("No", "on", "012", "2020-12-08")]  # fmt: skip
    cases += [valued(f"quality {number}", f"quality: {number}", "hazard", "a number for some, another for others",
                     unknown=True) for number in _NUMBERS.split()]  # fmt: skip
    cases += [valued(f"published {word}", f"published: {word}", "hazard", "true for some, a text for others",
                     unknown=True) for word in _BOOLEANS]  # fmt: skip
    image = f"images:\n  - url: {DATA['images'][0]['url']}\n    width: 1200\n    height: 630\n    isCached: "
    cases += [valued(f"isCached {word}", image + word, "hazard", "true for some, a text for others", unknown=True)
              for word in ("yes", "on", "Yes", "y")]  # fmt: skip
    cases += [valued(f"date {date}", f"publishedDateTime: {date}", "hazard", "a date for some, a text for others",
                     unknown=True) for date in _DATES.splitlines()]  # fmt: skip
    return cases + [valued(f"plain text {text}", f"title: {text}", "sound", "a text for all", title=text)
                    for text in _TEXTS.splitlines()]  # fmt: skip


def _lost() -> list[Case]:
    def lost(name: str, block: str, **meant: object) -> Case:
        return valued(f"lost: {name}", block, "hazard", "a part of what is written is not read", **meant)

    return [
        lost("a comment in a title", "title: Ferry #4 sails", title="Ferry #4 sails"),
        lost("a comment after a tab", "title: Ferry\t#4 sails", title="Ferry\t#4 sails"),
        lost("a comment at once", "title: #ferry sails", title="#ferry sails"),
        lost("a hash alone", "title: #", title="#"),
        lost("a comment in a topic", "topics:\n  - #ferries\n  - Trams", topics=["#ferries", "Trams"]),
        lost("an ampersand", "title: &c sails", title="&c sails"),
        lost("an entity", "title: &quot;Ferry&quot; sails", title='"Ferry" sails'),
        lost("an ampersand alone", "title: &", title="&"),
        lost("an exclamation mark", "title: !Attention ferry", title="!Attention ferry"),
        lost("an exclamation mark alone", "title: ! ferry", title="! ferry"),
        lost("brackets", "title: [Video]", title="[Video]"),
        lost("brackets, and more", "title: [Video] Ferry sails", title="[Video] Ferry sails"),
        lost("braces", "title: {Video}", title="{Video}"),
        lost("braces without a space", "provider: {name:Example Times}", provider={"name": "Example Times"}),
        lost("two commas in a list", "topics: [Ferries,, Trams]", unknown=True),
        lost("a comma in a list", "topics: [Ferries, 1,5 boats, Trams]", unknown=True),
        lost("an item without a space", "topics:\n  -Ferries\n  -Trams", topics=["Ferries", "Trams"]),
        lost("an item in an item", "topics:\n  - - Ferries", topics=["Ferries"]),
        lost("a dash at the start", "topics:\n- Ferries\n- - Trams", topics=["Ferries", "- Trams"]),
        lost("a star", "title: *Ferry* sails", title="*Ferry* sails"),
        lost("a question mark", "title: ? Ferry", title="? Ferry"),
        lost("a pipe", "title: | Ferry", title="| Ferry"),
        lost("a greater than", "title: > Ferry", title="> Ferry"),
        lost("a per cent sign", "title: %ferry", title="%ferry"),
        lost("an at sign", "title: @ferry sails", title="@ferry sails"),
        lost("a backtick", "title: `ferry` sails", title="`ferry` sails"),
        lost("quotes, and more", 'title: "Ferry" sails', title='"Ferry" sails'),
        lost("single quotes, and more", "title: 'Ferry' sails", title="'Ferry' sails"),
        lost("quotes inside", 'title: "The "Ferry" sails"', title='The "Ferry" sails'),
        lost("an apostrophe inside", "title: 'The captain's ferry'", title="The captain's ferry"),
        lost("a colon", "title: Ferry: it sails", title="Ferry: it sails"),
        lost("a colon at the end", "title: Ferry sails:", title="Ferry sails:"),
        lost("a no-break space at the end", "title: Ferry sails\xa0", unknown=True),
        lost("an ideographic space at the end", "title: Ferry sails\u3000", unknown=True),
        lost("a no-break space at the start", "title: \xa0Ferry sails", unknown=True),
        lost("a no-break space, no space", "title:\xa0Ferry sails", title="Ferry sails"),
        lost("a zero width space, no space", "title:\u200bFerry sails", title="Ferry sails"),
        lost("no space", "title:Ferry sails", title="Ferry sails"),
        lost("no colon", "title Ferry sails", unknown=True),
        lost("a full-width colon", "title：Ferry sails", unknown=True),
        lost("an equals sign", "title= Ferry sails", unknown=True),
        lost("a line that is not indented", "title: Ferry sails\nto the islands", title="Ferry sails to the islands"),
        lost("a comment between lines", "title: Ferry sails\n  # or not\n  at noon", unknown=True),
        lost("a block that is not indented", "excerpt: |\nFerry sails\n", unknown=True),
        lost("a backslash", r'title: "Ferry \d sails"', title=r"Ferry \d sails"),
        lost("a backslash at the end", 'title: "Ferry sails\\"', title="Ferry sails\\"),
        lost("a Windows path", r'title: "C:\new\text"', unknown=True),
        lost("a key twice", 'title: "Ferry sails"\ntitle: "Ferry is late"', unknown=True),
        lost("a key twice, equal", 'title: "Ferry sails"\ntitle: "Ferry sails"', title="Ferry sails"),
        lost("a key twice, quoted", 'title: "Ferry sails"\n"title": "Ferry is late"', unknown=True),
        lost("a key twice, below", "provider:\n  name: A\n  domain: example.com\n  name: B", unknown=True),
        lost("a key twice, in braces", "provider: {name: A, domain: example.com, name: B}", unknown=True),
        lost("a key twice, other case", 'title: "Ferry sails"\nTitle: "Ferry is late"', unknown=True),
        lost("a key without a value", "title:", title=""),
        lost("a list as a text", "topics: Ferries, Trams", topics=["Ferries", "Trams"]),
    ]  # fmt: skip


VALUES = [*_scalars(), *_lost()]
