"""Part of the PDF/A check: every font is embedded, wherever a page, a form or a signature's sign names one."""

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Object, Pdf, Stream

_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


def font_problems(document: Pdf) -> Iterator[str]:
    """Yield a problem for each font that is not embedded, or has no widths or no way back to Unicode."""
    seen: set[tuple[int, int]] = set()
    for resources in _all_resources(document):
        for font in _values(resources.get("/Font")):
            yield from _font(font)
        for state in _values(resources.get("/ExtGState")):
            if "/Font" in state:
                yield from _font(state["/Font"][0])
        for inner in _inner_resources(resources, seen):
            for font in _values(inner.get("/Font")):
                yield from _font(font)


def _all_resources(document: Pdf) -> Iterator[Object]:
    """Yield the resources of pages, of appearance streams, and of the form's defaults."""
    form = document.Root.get("/AcroForm", Dictionary())
    if "/DR" in form:
        yield form["/DR"]
    for page in document.pages:
        yield page.resources
        for annotation in page.obj.get("/Annots", Array()):
            yield from _appearances(annotation.get("/AP"))


def _appearances(appearance: Object | None) -> Iterator[Object]:
    """Yield the resources of an appearance, which is a stream, or a dictionary of states."""
    if isinstance(appearance, Stream):
        yield appearance.get("/Resources", Dictionary())
    elif isinstance(appearance, Dictionary):
        for state in appearance.values():
            yield from _appearances(state)


def _inner_resources(resources: Object, seen: set[tuple[int, int]]) -> Iterator[Object]:
    """Yield the resources of forms and patterns within, at any depth, each once."""
    within = [*_values(resources.get("/XObject")), *_values(resources.get("/Pattern"))]
    within += [procedures for font in _values(resources.get("/Font")) for procedures in _type3(font)]
    for item in within:
        if item.is_indirect and item.objgen in seen:
            continue
        seen.add(item.objgen)
        inner = item.get("/Resources")
        if isinstance(inner, Dictionary):
            yield inner
            yield from _inner_resources(inner, seen)


def _type3(font: Object) -> list[Object]:
    return [font] if font.get("/Subtype") == "/Type3" else []


def _values(dictionary: Object | None) -> list[Object]:
    if not isinstance(dictionary, Dictionary):
        return []
    return [value for value in dictionary.values() if isinstance(value, Dictionary | Stream)]


def _font(font: Object) -> Iterator[str]:
    name = str(font.get("/BaseFont", "(no name)"))
    if font.get("/Subtype") == "/Type0":
        for descendant in font.get("/DescendantFonts", Array()):
            yield from _embedded(descendant, name)
        return
    if font.get("/Subtype") != "/Type3":
        yield from _embedded(font, name)
        if "/Widths" not in font:
            yield f"font {name}: no widths"


def _embedded(font: Object, name: str) -> Iterator[str]:
    descriptor = font.get("/FontDescriptor", Dictionary())
    if not any(key in descriptor for key in _FONT_FILES):
        yield f"font {name}: not embedded"
