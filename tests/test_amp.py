"""AMP cache URLs: vectors of amp.dev and of ampproject's own code, the way back, and what counts as the same."""

from __future__ import annotations

import random

import pytest

from feedlint.rules.ur.amp import cache_url, differences, labels, publisher_url

# Host and label: the examples of amp.dev, and the tests of ampproject/amppackager and amp-toolbox.
LABELS = [
    ("example.com", "example-com"),
    ("ExAMpLE.Com", "example-com"),
    ("foo.example.com", "foo-example-com"),
    ("foo-example.com", "foo--example-com"),
    ("amp.scmp.com", "amp-scmp-com"),
    ("hello-world.com", "hello--world-com"),
    ("hello--world.com", "hello----world-com"),
    ("93.184.216.34", "93-184-216-34"),
    ("en-us.example.com", "0-en--us-example-com-0"),
    ("in-trouble.com", "0-in--trouble-com-0"),
    ("a--problem.com", "0-a----problem-com-0"),
    ("in--trouble.com", "r5s7rxu53tjelpr7ngbxkxpirbrylvbwcuueckh7gmn5mim5cjna"),
    ("toplevelnohyphens", "qsgpfjzulvuaxb66z77vlhb5gu2irvcnyp6t67cz6tqo5ae6fysa"),
    ("localhost", "jgla3zmib2ggq5buc4hwi5taloh6jlvzukddfr4zltz3vay5s5rq"),
    (f"{'0' * 60}.com", "stejanx4hsijaoj4secyecy4nvqodk56kw72whwcmvdbtucibf5a"),
    (f"{'0' * 59}a.com", "jdcvbsorpnc3hcjrhst56nfm6ymdpovlawdbm2efyxpvlt4cpbya"),
    (
        "itwasadarkandstormynight.therainfellintorrents.exceptatoccasionalintervals"  # noqa: ISC004
        "whenitwascheckedby.aviolentgustofwindwhichsweptupthestreets.com",
        "dgz4cnrxufaulnwku4ow5biptyqnenjievjht56hd7wqinbdbteq",
    ),
    ("xn--bcher-kva.ch", "xn--bcher-ch-65a"),
    ("bücher.ch", "xn--bcher-ch-65a"),
    ("bu\u0308cher.de", "xn--bucher-de-hkf"),
    ("faß.de", "xn--fa-de-mqa"),
    ("xn--57hw060o.com", "xn---com-p33b41770a"),
    ("⚡😊.com", "xn---com-p33b41770a"),
    ("xn--4gbrim.xn----rmckbbajlc6dj7bxne2c.xn--wgbh1c", "xn-------i5fvcbaopc6fkc0de0d9jybegt6cd"),
    (
        "hello.xn--4gbrim.xn----rmckbbajlc6dj7bxne2c.xn--wgbh1c",
        "a6h5moukddengbsjm77rvbosevwuduec2blkjva4223o4bgafgla",
    ),
    ("xn--xgb49a.xn--xgb49a", "xn----lncb27eca"),
]


@pytest.mark.parametrize(("host", "label"), LABELS, ids=[host[:40] for host, _ in LABELS])
def test_label(host: str, label: str) -> None:
    assert labels(host)[0] == label


def test_the_hash_that_was_used_before_april_2020_is_accepted_beside_the_label() -> None:
    assert labels("in-trouble.com") == (
        "0-in--trouble-com-0",
        "j7pweznglei73fva3bo6oidjt74j3hx4tfyncjsdwud7r7cci4va",
    )
    assert labels("a--problem.com")[1:] == ("a47psvede4jpgjom2kzmuhop74zzmdpjzasoctyoqqaxbkdbsyiq",)
    assert labels("example.com") == ("example-com",)


def test_a_readable_label_has_63_characters_at_most() -> None:
    assert labels(f"{'a' * 59}.com") == (f"{'a' * 59}-com",)
    assert len(labels(f"{'a' * 60}.com")[0]) == 52
    assert labels(f"ab-{'c' * 51}.com")[0] == f"0-ab--{'c' * 51}-com-0"  # 63 with what is put around it
    assert len(labels(f"ab-{'c' * 52}.com")[0]) == 52
    assert len(labels(f"{'a-' * 15}{'b' * 20}.com")[0]) == 52  # 69 once its hyphens are doubled


@pytest.mark.parametrize(
    "host", ["xn--\x80.com", "xn--999999999b.com", f"{'a.' * 125}come", "\ud800.com", "xn--" + "9" * 90, "xn---ba.com"]
)
def test_what_cannot_be_computed_is_no_crash(host: str) -> None:
    assert labels(host) == ()
    assert cache_url(f"https://{host}/") is None
    assert list(differences(f"https://{host}/", "https://x.cdn.ampproject.org/c/s/y.example/")) == []


def test_a_host_may_have_253_characters() -> None:
    assert len(labels(f"{'a.' * 125}com")[0]) == 52


URLS = [
    ("https://www.example.com/a?b=1#c", "https://www-example-com.cdn.ampproject.org/c/s/www.example.com/a?b=1#c"),
    ("http://www.example.com/a", "https://www-example-com.cdn.ampproject.org/c/www.example.com/a"),
    ("https://www.example.com", "https://www-example-com.cdn.ampproject.org/c/s/www.example.com"),
    ("HTTPS://WWW.Example.com/A", "https://www-example-com.cdn.ampproject.org/c/s/www.example.com/A"),
    ("http://www.example.com:8080/a", "https://www-example-com.cdn.ampproject.org/c/www.example.com/a"),
    ("https://me@www.example.com/a", "https://www-example-com.cdn.ampproject.org/c/s/www.example.com/a"),
    # The npm package drops the "/" before "?", and takes a path that ends in ".ai" for a picture.
    ("https://www.example.com/a/?b", "https://www-example-com.cdn.ampproject.org/c/s/www.example.com/a/?b"),
    ("https://www.example.com/open.ai", "https://www-example-com.cdn.ampproject.org/c/s/www.example.com/open.ai"),
    ("https://a.example/%7e//../b;c?%20+", "https://a-example.cdn.ampproject.org/c/s/a.example/%7e//../b;c?%20+"),
]


@pytest.mark.parametrize(("url", "cached"), URLS, ids=[url for url, _ in URLS])
def test_cache_url(url: str, cached: str) -> None:
    assert cache_url(url) == cached
    assert list(differences(url, cached)) == []
    assert cache_url(cached) == cached


# What npm's @ampproject/toolbox-cache-url 2.10.1 makes of hosts of all shapes (benchmarks/amp_vectors.py has more).
VECTORS = [
    ("https://-baa.example:8080/c?b=/",
     "https://--baa-example.cdn.ampproject.org/c/s/-baa.example/c?b=/"),
    ("http://aaabba--bab-aaa-aa--.국本.-.com.:8080/a/b.html#/a/",
     "https://xn--aaabba----bab--aaa--aa---------com--0p68eyw96h.cdn.ampproject.org/c/aaabba--bab-aaa-aa--.국本.-.com./a/b.html#/a/"),
    ("https://we-ndu./c?amp",
     "https://0-we--ndu--0.cdn.ampproject.org/c/s/we-ndu./c?amp"),
    ("http://xn-----uldcac69db3nca1afo7a.xn--mhb.xn--ghb.example/a:b?#/a/",
     "https://ulqx4d76qr7cxfvvvkqosk4qqrxh4x7tpncwsx2yffm3oga5wf4a.cdn.ampproject.org/c/xn-----uldcac69db3nca1afo7a.xn--mhb.xn--ghb.example/a:b?#/a/"),
    ("https://szpwlll.b.8/a;b=c?amp=1&b=2",
     "https://szpwlll-b-8.cdn.ampproject.org/c/s/szpwlll.b.8/a;b=c?amp=1&b=2"),
    ("http://C-bCCbaCbBbCAabbÉBÉbabaÉÉBÉCBÉbA.-.8:8080/a;b=c?b=/",
     "https://xn--c--bccbacbbbcaabbbbababcbba----8-r3cbeabc.cdn.ampproject.org/c/c-bccbacbbbcaabbébébabaéébécbéba.-.8/a;b=c?b=/"),
    ("https://6.70--499137285.xn--3e0b707e:80/A#a?b",
     "https://xn--6-70----499137285--jw00ey165a.cdn.ampproject.org/c/s/6.70--499137285.xn--3e0b707e/A#a?b"),
    ("https://bb--.example:80/A?a=1;b=2",
     "https://euxnbozcpjtgr4vuzdni7x6am5oi3r5pjorpb27wk6vxfzg72una.cdn.ampproject.org/c/s/bb--.example/A?a=1;b=2"),
    ("http://ab.xn--aabbaaabbab-llnbbbaeacadmbf240aeadefhaaeiceb.:8080/a;b=c?b=/",
     "https://hjtl6kv5j4wvozmdias3yhxelzeafwd2tp7yj6acaiqezdertlja.cdn.ampproject.org/c/ab.xn--aabbaaabbab-llnbbbaeacadmbf240aeadefhaaeiceb./a;b=c?b=/"),
    ("http://r.acu-h.aj./a?a=1;b=2#a?b",
     "https://r-acu--h-aj-.cdn.ampproject.org/c/r.acu-h.aj./a?a=1;b=2#a?b"),
    ("https://kdsvpi.q.rxcx.com.:8080/a+b",
     "https://kdsvpi-q-rxcx-com-.cdn.ampproject.org/c/s/kdsvpi.q.rxcx.com./a+b"),
    ("https://xn--wrfzremgpvmp.dzvlw-n.com./s/a?u=https://a.example/?c",
     "https://xn---dzvlw--n-com--pt6fq4d6a8cu1d7c0a7b.cdn.ampproject.org/c/s/xn--wrfzremgpvmp.dzvlw-n.com./s/a?u=https://a.example/?c"),
    ("http://xn--babcbabb-55acbc.bbbb-----.a-b.com/a;b=c?amp=1&b=2#/a/",
     "https://xn--babcbabb-bbbb-----------a--b-com-6ldcbc.cdn.ampproject.org/c/xn--babcbabb-55acbc.bbbb-----.a-b.com/a;b=c?amp=1&b=2#/a/"),
    ("https://xn--d1an2234hnd3ada0542d.:8080/a?b=%2F+%20",
     "https://xn----gtbu5278k8mnbda3762e.cdn.ampproject.org/c/s/xn--d1an2234hnd3ada0542d./a?b=%2F+%20"),
    ("https://aÉBBCbCÜ.ÜCCCCÉBAACb.한국/é?é",
     "https://xn--abbcbc-ccccbaacb--btbk88ab51328g765f.cdn.ampproject.org/c/s/aébbcbcü.üccccébaacb.한국/é?é"),
    ("http://aaaccbb:80/s/a?b=%2F+%20",
     "https://255ukn6rwckum2xysz2mukzbvqjd5eujwqe7hiaezlgpexouilwq.cdn.ampproject.org/c/aaaccbb/s/a?b=%2F+%20"),
    ("http://b.b-.한국/%7e%C3%A9?amp#top",
     "https://xn--b-b----876wx05u.cdn.ampproject.org/c/b.b-.한국/%7e%C3%A9?amp#top"),
    ("http://--bab.bbab-bbbbbbbaa-babb-ab-bbbaab-aba.8:80/a.htm?é#top",
     "https://0-----bab-bbab--bbbbbbbaa--babb--ab--bbbaab--aba-8-0.cdn.ampproject.org/c/--bab.bbab-bbbbbbbaa-babb-ab-bbbaab-aba.8/a.htm?é#top"),
    ("https://a🚋a--😀a.😀⚡🚋😀🚋.рф/a.htm?a=1;b=2#",
     "https://xn--aa----a---t3h8b1232f53x9dcab72tkab.cdn.ampproject.org/c/s/a🚋a--😀a.😀⚡🚋😀🚋.рф/a.htm?a=1;b=2#"),
    ("https://bb---ba-b.com.:8080/@me?é",
     "https://gp4oohuyjqtmzzkmdcqkr625jnd2u62yv437x7ugf7rqyelkxjkq.cdn.ampproject.org/c/s/bb---ba-b.com./@me?é"),
    ("https://fz-uxmsrbkvfiuqcziqlxlkfv.béñßa.example/a:b#",
     "https://xn--fz--uxmsrbkvfiuqcziqlxlkfv-ba-example-77c30buk.cdn.ampproject.org/c/s/fz-uxmsrbkvfiuqcziqlxlkfv.béñßa.example/a:b#"),
    ("https://5--669.8/A?u=https://a.example/?c",
     "https://0-5----669-8-0.cdn.ampproject.org/c/s/5--669.8/A?u=https://a.example/?c"),
    ("https://---a--a-ba--ab-.a-b.com/a.htm",
     "https://0-------a----a--ba----ab---a--b-com-0.cdn.ampproject.org/c/s/---a--a-ba--ab-.a-b.com/a.htm"),
    ("http://🚋-😀🚋🚋aa⚡a🚋🚋.🚋.a🚋.🚋.🚋😀a--a🚋a./é?é#/a/",
     "https://xn----aaa--a--a----aa--7n5m14467eja951adaaeabcbbh.cdn.ampproject.org/c/🚋-😀🚋🚋aa⚡a🚋🚋.🚋.a🚋.🚋.🚋😀a--a🚋a./é?é#/a/"),
    ("https://🚋⚡😀🚋⚡.com.:80/-",
     "https://xn---com--l21ca79006gy9aca.cdn.ampproject.org/c/s/🚋⚡😀🚋⚡.com./-"),
    ("https://어.лγяαα국л日.本本日αяγ日α.рф:443/a;b=c?é#top",
     "https://xn------oxcabale86kda9d9byif32801bbad223da49788anvyd.cdn.ampproject.org/c/s/어.лγяαα국л日.本本日αяγ日α.рф/a;b=c?é#top"),
    ("http://лγβ日本-β.xn--a--abb-.ÉBB.com/A#",
     "https://xn-----a----abb-bb-com-mwb163lcas142akz51guxga.cdn.ampproject.org/c/лγβ日本-β.xn--a--abb-.ébb.com/A#"),
    ("http://-:443/a.b/",
     "https://hfz6aixjgiqpsijmddinbrkdvz6dbhsgmqg2soskamkn5gm7keja.cdn.ampproject.org/c/-/a.b/"),
    ("https://0--5559.😀🚋⚡🚋😀⚡.8.8/@me?a=1;b=2#/a/",
     "https://xn--0----5559--8-8-us3ja30772rba35xba.cdn.ampproject.org/c/s/0--5559.😀🚋⚡🚋😀⚡.8.8/@me?a=1;b=2#/a/"),
    ("http://-:443/~a?b=%2F+%20#",
     "https://hfz6aixjgiqpsijmddinbrkdvz6dbhsgmqg2soskamkn5gm7keja.cdn.ampproject.org/c/-/~a?b=%2F+%20#"),
    ("https://-.-.bb.bb.-aaabbb-abba--bb---b---a-aa-bbababb--.com./a;b=c#/a/",
     "https://r2kcjg2vkqkhieiobyhkk7frbxadx4yold5pzdpzeja7fgzoxyja.cdn.ampproject.org/c/s/-.-.bb.bb.-aaabbb-abba--bb---b---a-aa-bbababb--.com./a;b=c#/a/"),
    ("http://⚡--😀⚡⚡⚡😀😀a🚋😀🚋.com/@me?b=/",
     "https://xn------a-com-4x3feaa33817ndaab51wba.cdn.ampproject.org/c/⚡--😀⚡⚡⚡😀😀a🚋😀🚋.com/@me?b=/"),
    ("https://xn--bab--ltfdcbaa./-?b=%2F+%20#",
     "https://zskjybhovi6ywbgi6dcibhv6m7zuvchpgnv2twpdzb5uflv5fsba.cdn.ampproject.org/c/s/xn--bab--ltfdcbaa./-?b=%2F+%20#"),
    ("http://ab-a-b---abba-b---abaa-a-a.xn--kgbechtv:8080/-?b=%2F+%20",
     "https://puifn5wypa5hc7qvvdzbnk5qdjiwt72vlguwfnrws6wgr2mvf5hq.cdn.ampproject.org/c/ab-a-b---abba-b---abaa-a-a.xn--kgbechtv/-?b=%2F+%20"),
]  # fmt: skip


@pytest.mark.parametrize(("url", "cached"), VECTORS, ids=[str(number) for number in range(len(VECTORS))])
def test_npm_agrees(url: str, cached: str) -> None:
    assert cache_url(url) == cached
    assert list(differences(url, cached)) == []


PUBLISHED = [
    ("https://a-example.cdn.ampproject.org/c/s/a.example/b?c#d", "https://a.example/b?c#d"),
    ("https://a-example.cdn.ampproject.org/v/a.example/b?amp_js_v=0.1&c=1", "http://a.example/b?c=1"),
    ("https://a-example.cdn.ampproject.org/wp/s/a.example/b?usqp=mq331AQCCAE%3D", "https://a.example/b"),
    ("https://a-example.cdn.ampproject.org/ad/s/a.example/b?amp&v=2&amp_r=1", "https://a.example/b?amp&v=2"),
    ("https://cdn.ampproject.org/c/s/a.example/b", "https://a.example/b"),
    ("https://a-example.www.bing-amp.com/c/s/a.example/b", "https://a.example/b"),
    ("https://a-example.bing-amp.com/c/a.example/b", "http://a.example/b"),
    ("https://bing-amp.com/c/s/a.example/b", "https://a.example/b"),
    ("https://amp.cloudflare.com/v/s/a.example/b", "https://a.example/b"),
    ("https://a-example.amp.cloudflare.com/c/a.example/b", "http://a.example/b"),
    ("https://www.google.com/amp/s/a.example/b", "https://a.example/b"),
    ("https://www.google.co.uk/amp/a.example/b%3Famp=1?usqp=1&c=2", "http://a.example/b?amp=1&c=2"),
    ("https://www.google.de/amp/s/a.example/b#amp_tf=From%20%251%24s&ampshare=x", "https://a.example/b"),
    ("https://www.google.de/amp/s/a.example/b#amp_tf=From", "https://a.example/b"),
    ("https://www.google.de/amp/s/a.example/b#ampshare=x", "https://a.example/b"),
    ("https://www.google.de/amp/s/a.example/b#top", "https://a.example/b#top"),
    ("https://www.bing.com/amp/s/a.example/b?c", "https://a.example/b?c"),
    ("https://www.google.com/amp/s/a-example.cdn.ampproject.org/c/s/a.example/b?usqp=1", "https://a.example/b"),
    (f"https://{'www.bing.com/amp/s/' * 4}a.example/b", "https://a.example/b"),
    (f"https://{'www.bing.com/amp/s/' * 5}a.example/b", None),
    ("https://a-example.cdn.ampproject.org/c/s/localhost/b", None),
    ("https://a-example.cdn.ampproject.org.mirror.example/c/s/a.example/b", None),
    ("https://a-example.cdn.ampproject.org/i/s/a.example/b.jpg", None),
    ("https://a.b.cdn.ampproject.org/c/s/a.example/b", None),
    ("https://www.google.com/ampere/s/a.example/b", None),
    ("https://notgoogle.com/amp/s/a.example/b", None),
    ("https://www.example.com/c/s/a.example/b", None),
]


@pytest.mark.parametrize(("cached", "url"), PUBLISHED, ids=[cached for cached, _ in PUBLISHED])
def test_publisher_url(cached: str, url: str | None) -> None:
    assert publisher_url(cached) == url


SAME = [
    ("https://a.example", "https://a-example.cdn.ampproject.org/c/s/a.example/"),
    ("https://a.example/b", "https://A-Example.CDN.ampproject.org/c/s/A.example/b"),
    ("https://a.example/b#", "https://a-example.cdn.ampproject.org/c/s/a.example/b"),
    ("https://a.example/%c3%a9", "https://a-example.cdn.ampproject.org/c/s/a.example/%C3%A9"),
    ("https://a.example/é x", "https://a-example.cdn.ampproject.org/c/s/a.example/%C3%A9%20x"),
    ("https://a.example/%7Ea%2Db%61", "https://a-example.cdn.ampproject.org/c/s/a.example/~a-ba"),
    ("https://bücher.ch/", "https://xn--bcher-ch-65a.cdn.ampproject.org/c/s/xn--bcher-kva.ch/"),
    ("https://xn--bcher-kva.ch/", "https://xn--bcher-ch-65a.cdn.ampproject.org/c/s/b%C3%BCcher.ch/"),
    (
        "https://in-trouble.com/",
        "https://j7pweznglei73fva3bo6oidjt74j3hx4tfyncjsdwud7r7cci4va.cdn.ampproject.org/c/s/in-trouble.com/",
    ),
    ("https://a.example/b", "https://a-example.cdn.ampproject.org:443/c/s/a.example/b"),
]


@pytest.mark.parametrize(("url", "cached"), SAME, ids=[url for url, _ in SAME])
def test_other_spellings_are_the_same(url: str, cached: str) -> None:
    assert list(differences(url, cached)) == []


PAGE = "https://a.example/b/?c=1&d=+#e"
CACHED = "https://a-example.cdn.ampproject.org/c/s/a.example/b/?c=1&d=+#e"
OTHER = [
    # what is written in place of what, and the parts that differ: name, text there, text expected, text of the page
    ("https:", "http:", [("scheme", "http", "https", "https")]),
    ("/a-example.", "/a--example.", [("label", "a--example", "a-example", "a.example")]),
    ("/c/s", "/v/s", [("type", "/v", "/c", "a.example")]),
    ("/s/", "/", [("secure", "", "/s", "https")]),
    ("a.example/b", "b.example/b", [("host", "b.example", "a.example", "a.example")]),
    ("/b/", "/b", [("path", "/b", "/b/", "/b/")]),
    ("/b/", "/B/", [("path", "/B/", "/b/", "/b/")]),
    ("/b/", "%2Fb/", [("host", "a.example%2Fb", "a.example", "a.example"), ("path", "/", "/b/", "/b/")]),
    ("c=1&d=+", "d=+&c=1", [("query", "?d=+&c=1", "?c=1&d=+", "?c=1&d=+")]),
    ("d=+", "d=%20", [("query", "?c=1&d=%20", "?c=1&d=+", "?c=1&d=+")]),
    ("?c=1&d=+", "", [("query", "", "?c=1&d=+", "?c=1&d=+")]),
    ("#e", "#E", [("fragment", "#E", "#e", "#e")]),
    ("#e", "", [("fragment", "", "#e", "#e")]),
    (".org", ".org.mirror.example",
     [("host", "a-example.cdn.ampproject.org.mirror.example", "a-example.cdn.ampproject.org", PAGE)]),
    ("a-example.cdn", "cdn", [("host", "cdn.ampproject.org", "a-example.cdn.ampproject.org", PAGE)]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "parts"), OTHER, ids=[f"{old} {new}" for old, new, _ in OTHER])
def test_differences(old: str, new: str, parts: list[tuple[str, str, str, str]]) -> None:
    cached = CACHED.replace(old, new, 1)
    assert cached != CACHED
    found = list(differences(PAGE, cached))
    assert [(d.part, d.found, d.expected, PAGE[slice(*d.of_page)]) for d in found] == parts
    assert all(cached[d.start : d.end] == d.found for d in found)


def test_an_http_page_has_no_s() -> None:
    (found,) = differences("http://a.example/b", "https://a-example.cdn.ampproject.org/c/s/a.example/b")
    assert (found.part, found.found, found.expected) == ("secure", "/s", "")
    assert list(differences("http://a.example/s/b", "https://a-example.cdn.ampproject.org/c/a.example/s/b")) == []


ALPHABET = "ab-.éßжأ日😀xn--1_"
RANDOM = random.Random(20200401)  # the same hosts in every run
HOSTS = ["".join(RANDOM.choices(ALPHABET, k=RANDOM.randint(1, 80))) for _ in range(2000)]


def test_any_host_has_labels_or_none_and_none_raises() -> None:
    for host in [*HOSTS, *(f"xn--{host}" for host in HOSTS), "", ".", "..", "xn--", "xn---"]:
        for label in labels(host):
            assert len(label) <= 63, host
            assert label.isascii(), host
            assert "." not in label, host


def test_the_page_of_a_pages_cache_url_is_the_page() -> None:
    computed = 0
    for host in HOSTS:
        url = f"http{'s' * RANDOM.randint(0, 1)}://{host}.example/{RANDOM.choice(['', 'a/b.html', '%7e//'])}?amp=1#top"
        cached = cache_url(url)
        if cached is not None:
            assert publisher_url(cached) == url
            assert list(differences(url, cached)) == []
            computed += 1
    assert computed > 1500
