"""One-line edits of an OpenAPI document, as somebody who works on it makes them: the text is changed, nothing else moves."""
import json
import pathlib
import re

PROPERTY = {True: '"lockstepBench": {"type": "string"},', False: "lockstepBench: {type: string}"}
RESPONSE = {True: '"418": {"description": "I am a teapot"},', False: "'418': {description: I am a teapot}"}


def editable(source: pathlib.Path, folder: pathlib.Path) -> pathlib.Path:
    """A copy of a document, or of a folder of documents, whose lines can be edited; the answer is the entry document."""
    if source.is_dir():
        for file in sorted(source.glob("**/*.yaml")):
            target = folder / file.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes())
        return folder / "openapi.yaml"
    entry = folder / ("openapi" + source.suffix)
    entry.write_text(json.dumps(json.loads(source.read_text()), indent=2, ensure_ascii=False)
                     if source.suffix == ".json" else source.read_text())
    return entry


def indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def schemas(lines: list[str]) -> list[tuple[str, int]]:
    """The named schemas with properties, each with the line after which a property can be put."""
    found, level, name = [], None, ""
    for number, line in enumerate(lines):
        if level is None:
            if re.match(r' +"?schemas"?:( \{)?$', line) and indent(line) <= 4:
                level = indent(line)
            continue
        if not line.strip():
            continue
        depth = indent(line)
        if depth <= level:
            level = None
        elif depth <= level + 2 and (key := re.match(r' +"?([^":]+)"?:', line)):
            name = key.group(1)
        elif depth == level + 4 and re.match(r' +"?properties"?:( \{)?$', line):
            found.append((name, number))
    return found


def operations(lines: list[str]) -> list[tuple[str, int]]:
    """The operations, each with the line after which a response can be put."""
    found, name = [], None
    for number, line in enumerate(lines):
        if key := re.match(r' +"?operationId"?: "?([^",]+)"?,?$', line):
            name = key.group(1)
        elif name and re.match(r' +"?responses"?:( \{)?$', line):
            found.append((name, number))
            name = None
    return found


def edit(entry: pathlib.Path, find, text: dict[bool, str]) -> str:
    """Puts a line into what stands in the middle of all that could be edited; the answer is its name."""
    places = []
    for file in sorted(entry.parent.glob("**/*" + entry.suffix)):
        lines = file.read_text().split("\n")
        places += [(name, file, number) for name, number in find(lines)]
    if not places:
        raise RuntimeError(f"{entry}: found nothing to edit ({find.__name__})")
    name, file, number = places[len(places) // 2]
    lines = file.read_text().split("\n")
    following = next(line for line in lines[number + 1:] if line.strip())
    lines.insert(number + 1, " " * indent(following) + text[entry.suffix == ".json"])
    file.write_text("\n".join(lines))
    return name


def edit_schema(entry: pathlib.Path) -> str:
    return edit(entry, schemas, PROPERTY)


def edit_operation(entry: pathlib.Path) -> str:
    return edit(entry, operations, RESPONSE)
