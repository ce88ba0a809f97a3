"""JSON spoiled as programs and people spoil it."""

from random import Random

from benchmarks.mutants.register import COUNT, JSON, operator

DEPTHS = (50, 900, 5_000, 60_000)


def _into_a_record(text: str, random: Random, member: str) -> str:
    """`member` as the first of a record."""
    starts = [
        place
        for place in range(len(text))
        if text.startswith('{"', place)
        and (place == 0 or text[place - 1] in "\n[ ")
        and not text.startswith('{"tickets"', place)
    ]
    place = random.choice(
        [
            start
            for start in starts
            if start == 0
            or text[start - 1] == "\n"
            or text[start - 2 : start] in ("\n ", ": ", "[{")
            or text[start - 1] == "["
        ]
        or starts
    )
    return text[: place + 1] + member + ", " + text[place + 1 :]


@operator("deep nesting", "text", COUNT, ("ndjson",))
def deep_line(text: str, random: Random, kind: str) -> str:
    depth = random.choice(DEPTHS)
    return _into_a_record(
        text, random, '"deep": ' + random.choice(("[" * depth + "]" * depth, '{"a":' * depth + "1" + "}" * depth))
    )


@operator("deep nesting", "text", kinds=("json", "page"))
def deep_document(text: str, random: Random, kind: str) -> str:
    return deep_line(text, random, kind)


@operator("key twice", "text", COUNT, ("json", "ndjson"))
def key_twice(text: str, random: Random, kind: str) -> str:
    key = text[text.index('"') + 1 : text.index('"', text.index('"') + 1)]
    return _into_a_record(text, random, f'"{key}": "first"')


@operator("odd values", "text", COUNT, ("ndjson",))
def odd(text: str, random: Random, kind: str) -> str:
    return _into_a_record(
        text,
        random,
        '"odd": '
        + random.choice(
            (
                '"\\ud800"',
                '"\\u0000"',
                "1e999",
                "-0.0",
                "123456789012345678901234567890",
                '{"": {}}',
                '{"a.b": [{}]}',
                '"' + "x" * 300_000 + '"',
            )
        ),
    )


@operator("values JSON has not", "text", kinds=JSON)
def not_json(text: str, random: Random, kind: str) -> str:
    return _into_a_record(
        text,
        random,
        '"odd": '
        + random.choice(
            (
                "NaN",
                "Infinity",
                "-Infinity",
                "undefined",
                "None",
                "'x'",
                "01",
                ".5",
                "0x10",
                "// no\n1",
                "1 /* no */",
                "\\x",
                "[1,]",
                "{,}",
                "",
            )
        ),
    )


@operator("lines that are no object", "text", COUNT, ("ndjson",))
def scalars(text: str, random: Random, kind: str) -> str:
    lines = text.splitlines(keepends=True)
    for _ in range(random.randrange(1, 5)):
        lines[random.randrange(2, len(lines))] = (
            random.choice(("5", '"text"', "null", "[]", "[1, 2]", "{}", "true", "{", "}", "}{", "text", "{}{}", "[["))
            + "\n"
        )
    return "".join(lines)


@operator("two documents", "text", kinds=JSON)
def two(text: str, random: Random, kind: str) -> str:
    return text.rstrip("\n") + random.choice(("", " ", "\n", ",")) + text


@operator("wrapped", "text", kinds=("json", "page"))
def wrapped(text: str, random: Random, kind: str) -> str:
    return (
        random.choice(('{"data": %s}', "[%s]", "callback(%s);", "var x = %s;", '{"a": {"b": %s}}', "%s,", "[[%s]]"))
        % text.strip()
    )


@operator("brackets strewn", "text", kinds=JSON)
def brackets(text: str, random: Random, kind: str) -> str:
    for _ in range(random.randrange(1, 5)):
        place = random.randrange(len(text))
        text = text[:place] + random.choice('{}[]:,"') + text[place + random.randrange(2) :]
    return text
