"""The data of records: sound ones, each with a title and addresses of its own."""

from __future__ import annotations

import base64
from random import Random
from typing import Any, Final, NamedTuple

from benchmarks.feed.emit import Link, Prose
from benchmarks.feed.words import Language, chosen, emoji, slug

TOPICS: Final = (
    *("Public Transport", "City Planning", "Culture", "Harbour", "Education", "Weather", "Sports", "Local Politics"),
    *("Food and Drink", "History", "Nature", "Science"),
)
SITE: Final = "https://feed.example"
_SIZES: Final = ((1200, 630), (1200, 675), (1024, 512), (800, 450), (640, 360))
_NAMES: Final = (
    *("Harbour Times", "Evening Post", "Daily Courier", "Quay Gazette", "City Observer", "Island Herald"),
    *("Northern Star", "Morning Mail", "Town Crier", "River Chronicle"),
)
_PLACES: Final = ("Aldport", "Bramwick", "Carrow", "Dunmere", "Elmford", "Farhaven", "Glenby", "Holmsea")
_ENDINGS: Final = ("example", "example.com", "example.org", "example.net")
_GIVEN: Final = (
    "Ada",
    "Boris",
    "Chloé",
    "Dimitris",
    "Eva",
    "Fynn",
    "Grete",
    "Hana",
    "Ivo",
    "José",
    "Kirsten",
    "Łukasz",
)
_LEVELS: Final = ("Beginner", "Intermediate", "Advanced")


class Publisher(NamedTuple):
    """A publisher, by its number."""

    name: str
    domain: str


class Made(NamedTuple):
    """A record: its title's slug ("" where it has none), its data, and what stands below it."""

    slug: str
    data: dict[str, Any]
    body: str = ""


def publisher(number: int) -> Publisher:
    """Return the publisher *number*: no two numbers have the same domain or name."""
    place, name = _PLACES[number % len(_PLACES)], _NAMES[number // len(_PLACES) % len(_NAMES)]
    again = number // (len(_PLACES) * len(_NAMES))
    domain = f"{name}-{place}{again or ''}".lower().replace(" ", "-")
    return Publisher(f"{place} {name}{f' {again + 1}' if again else ''}", f"{domain}.{_ENDINGS[number % 4]}")


def news(random: Random, number: int, publishers: int, day: str, *, full: bool = False) -> Made:
    """Return the story *number* of *day* (YYYY-MM-DD); *full* is one with a page for AMP, pictures and scores."""
    language = chosen(random)
    who = publisher(_weighted(random, publishers))
    title = language.title(number)
    name = slug(title)
    moment = f"{day}T{random.randrange(24):02}:{random.randrange(60):02}:{random.randrange(60):02}Z"
    is_video = not full and random.random() < 0.03
    url = f"https://www.{who.domain}/{day[:4]}/{day[5:7]}/{name or 'story'}-{number}"
    data: dict[str, Any] = {"category": "news", "title": Prose(title), "excerpt": _excerpt(random, language)}
    data["publishedDateTime"] = moment
    if is_video:
        video = base64.urlsafe_b64encode(number.to_bytes(8, "big")).decode().rstrip("=")
        data |= {"originalUrl": Link(f"https://youtube.com/watch?v={video}"), "type": "video"}
    else:
        data |= {"originalUrl": Link(url), "webUrl": Link(url)}
        if full or random.random() < 0.45:
            data |= _amp(who.domain, url)
        data["type"] = "article"
    related = 0 if full or random.random() > 0.1 else min(int(random.expovariate(0.55)) + 1, 7)
    quality = random.randint(0, 120)
    heat = -1 if random.random() < 0.1 else quality + 10 * related + random.choice((0, 0, 10, 25))
    data |= {"quality": quality, "heat": heat, "published": heat >= 70}
    if is_video:
        player = f'<iframe src="https://www.youtube.com/embed/{video}" allowfullscreen></iframe>'
        data["featuredContent"] = Prose(player)
    data["provider"] = _provider(who, logo=full or random.random() < 0.6)
    data["topics"] = random.sample(TOPICS, random.choice((1, 1, 1, 2, 2, 3)))
    if full or random.random() < 0.8:
        data["images"] = [_image(random, who.domain, day, f"{name[:40].strip('-') or 'story'}-{number}", sized=full)]
    if related:
        data["related"] = [
            _related(random, number * 10 + index, publishers, moment, language) for index in range(related)
        ]
    data["secured"] = _secured(random)
    return Made(name, data)


def _related(random: Random, number: int, publishers: int, moment: str, language: Language) -> dict[str, Any]:
    who = publisher(_weighted(random, publishers))
    title = language.title(number + 77)
    url = f"https://www.{who.domain}/{moment[:4]}/{moment[5:7]}/{slug(title) or 'also'}-r{number}"
    data: dict[str, Any] = {"title": Prose(title)}
    if random.random() < 0.7:
        data["excerpt"] = Prose(language.sentences(random, random.choice((1, 2))))
    data |= {"publishedDateTime": moment, "webUrl": Link(url)}
    if random.random() < 0.3:
        data |= _amp(who.domain, url)
    data |= {"type": "article", "provider": _provider(who, logo=random.random() < 0.5)}
    data["quality"] = random.randint(2, 60)
    if random.random() < 0.6:
        data["images"] = [_image(random, who.domain, moment, f"r{number}")]
    return data


def learning(random: Random, number: int, publishers: int, day: str) -> Made:
    """Return a video or a course."""
    language = chosen(random)
    who = publisher(number % publishers)
    url = f"https://learn.{who.domain}/{number}"
    is_video = random.random() < 0.7
    data: dict[str, Any] = {"title": Prose(language.title(number)), "excerpt": _excerpt(random, language)}
    data |= {"originalUrl": Link(url), "webUrl": Link(url), "type": "video" if is_video else "course", "price": "Free"}
    data["length"] = f"PT{random.randint(1, 9)}H" if number % 3 == 0 else f"PT{random.randint(2, 59)}M"
    if not is_video:
        data["ratings"] = {"count": random.randint(1, 9000), "average": random.choice((3.9, 4.2, 4.65))}
    data |= {"publishedDateTime": f"{day}T00:00:00Z", "heat": random.randint(41, 324)}
    data["provider"] = _provider(who, logo=True)
    data["levels"] = [random.choice(_LEVELS)]
    data["topics"] = random.sample(TOPICS, 2)
    data["images"] = [_image(random, who.domain, day, f"learn-{number}")]
    data["secured"] = _secured(random)
    return Made("", data)


def sample(random: Random, number: int, publishers: int, day: str) -> Made:
    """Return something to download, with a text in HTML below it."""
    language = chosen(random)
    who = publisher(number % publishers)
    url = f"https://www.{who.domain}/samples/{number}"
    title = language.title(number)
    data: dict[str, Any] = {"title": Prose(title), "excerpt": _excerpt(random, language), "originalUrl": Link(url)}
    data |= {"type": "download", "publishedDateTime": f"{day}T12:00:00Z", "heat": random.randint(41, 324)}
    data["actions"] = [{"url": Link(f"{url}/files.zip"), "type": "download", "title": Prose("Download the files")}]
    data |= {"provider": _provider(who, logo=True), "topics": [random.choice(TOPICS)], "secured": _secured(random)}
    text = "".join(f"<p>{language.sentences(random, 3)}</p>\n" for _ in range(random.randint(1, 3)))
    return Made(slug(title) and f"{slug(who.name)}-{slug(title)}", data, text)


def person(random: Random, number: int, publishers: int, _day: str) -> Made:
    """Return a person to follow."""
    language = chosen(random)
    who = publisher(number % publishers)
    name = f"{_GIVEN[number % len(_GIVEN)]} {_letters(number // len(_GIVEN))}"
    account = slug(name).replace("-", "_")[:15]
    data: dict[str, Any] = {"name": Prose(name), "bio": _excerpt(random, language), "location": Prose("Aldport, Coast")}
    data |= {"type": "profile", "heat": random.randint(41, 324), "affiliation": _provider(who, logo=True)}
    twitter = {"username": account, "url": Link(f"https://twitter.com/{account}"), "followers": random.randint(9, 9999)}
    data |= {"twitter": twitter, "topics": [random.choice(TOPICS)]}
    data["images"] = [_image(random, who.domain, "2020-01-01", f"person-{number}")]
    data["secured"] = _secured(random)
    return Made(slug(name), data)


def community(random: Random, number: int, publishers: int, _day: str) -> Made:
    """Return a place where people meet."""
    language = chosen(random)
    who = publisher(number % publishers)
    url = Link(f"https://forum.{who.domain}/{number}")
    data: dict[str, Any] = {"name": Prose(language.title(number)), "excerpt": _excerpt(random, language)}
    data |= {"originalUrl": url, "webUrl": url, "type": "forum", "members": random.randint(3, 90_000)}
    data |= {"heat": random.randint(41, 324), "provider": _provider(who, logo=True)}
    data["topics"] = random.sample(TOPICS, 2)
    return Made("", data)


def organization(number: int) -> Made:
    """Return the publisher *number* as a record of the site's data."""
    who = publisher(number)
    data: dict[str, Any] = {"taxonomy": "organization", "_id": who.domain, "name": who.name, "domain": who.domain}
    return Made(who.domain, {**data, "images": _provider(who, logo=True)["images"]})


def topic(number: int) -> Made:
    """Return the topic *number* of the site."""
    name = TOPICS[number]
    data: dict[str, Any] = {"taxonomy": "topic", "_id": slug(name), "name": name}
    data |= {"keywords": [word.lower() for word in name.split()]}
    return Made(slug(name), {**data, "services": {"news": Link(f"{SITE}/api/news/{slug(name)}/")}})


def _weighted(random: Random, publishers: int) -> int:
    # A few publishers write most of the stories.
    return min(int(random.expovariate(4 / publishers)), publishers - 1)


def _excerpt(random: Random, language: Language) -> Prose:
    text = language.sentences(random, random.choice((1, 2, 2, 3, 4)))
    return Prose(f"{text} {emoji(random)}" if not text.isascii() and random.random() < 0.04 else text)


def _amp(domain: str, url: str) -> dict[str, Any]:
    label = f"www.{domain}".replace("-", "--").replace(".", "-")
    amp = f"{url.removeprefix('https://')}?amp=1"
    return {"ampWebUrl": Link(f"https://{amp}"), "cdnAmpWebUrl": Link(f"https://{label}.cdn.ampproject.org/c/s/{amp}")}


def _provider(who: Publisher, *, logo: bool) -> dict[str, Any]:
    url = f"{SITE}/assets/images/organizations/{who.domain}-50x50.png"
    images = {"images": [{"url": Link(url), "width": 50, "height": 50}]} if logo else {}
    return {"name": who.name, "domain": who.domain, **images}


def _image(random: Random, domain: str, day: str, name: str, *, sized: bool = False) -> dict[str, Any]:
    width, height = random.choice(_SIZES)
    size = f"-{width}x{height}" if sized or random.random() < 0.3 else ""
    url = Link(f"https://img.{domain}/{day[:4]}/{day[5:7]}/{name}{size}.jpg")
    return {"url": url, "width": width, "height": height, "isCached": True}


def _secured(random: Random) -> str:
    cipher, vector = random.randbytes(16 * random.randint(14, 24)), random.randbytes(16)
    return f'"{base64.b64encode(cipher).decode()};{base64.b64encode(vector).decode()}"'


def _letters(number: int) -> str:
    """Return a family name for *number*: no two numbers have the same."""
    syllables = ("bar", "den", "fel", "gor", "lin", "mar", "nor", "pel", "ros", "tov", "wick", "zan")
    found = ""
    while True:
        number, index = divmod(number, len(syllables))
        found += syllables[index]
        if not number:
            return (found if len(found) > 3 else f"{found}berg").capitalize()
