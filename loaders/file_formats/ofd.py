"""OFD files (GB/T 33190), the Chinese standard for fixed pages: a package of XML with text and path objects.

Each page becomes the same glyphs and strokes as one of a PDF, and is read on from there. A page's template is printed
with it; stamps and notes lie in members of their own, which are not read. Refused: packages that miss a page, are
protected, or hold no text, and text whose characters have no names.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain

from lxml import etree

from loaders.errors import SourceError
from loaders.faults import ErrorCode
from loaders.file_formats.model import LONGEST_TEXT, Draft, encrypted, too_long
from loaders.file_formats.ofd_objects import PAGE, Matrix, glyphs_of, is_shown, place_of, strokes_of
from loaders.file_formats.packages import Package
from loaders.file_formats.page import Glyph, Page, Stroke, once
from loaders.file_formats.pages import FEWEST_CHARACTERS, Blocks, blocks_of, refuse_too_many, refuse_unnamed, text_of
from loaders.file_formats.sources import SourceFile

_ROOT = "OFD.xml"
_KIND = "OFD file"
# A package encrypted as GM/T 0099 says describes there how.
_ENCRYPTIONS = "encryptions.xml"
_RESOURCES = ("PublicRes", "DocumentRes")
_CONTAINERS = frozenset({"Layer", "PageBlock"})
_DEEPEST = 16
_MOST_OBJECTS = 1_000_000


def read(source: SourceFile) -> Draft:
    """The report in an OFD file."""
    package = Package(source, _KIND)
    if package.has(_ENCRYPTIONS):
        raise encrypted(source.name, _KIND)
    documents = _documents(package)
    count = sum(len(document.pages) for document in documents)
    refuse_too_many(source.name, _KIND, count)
    pages, pictures = _read(source.name, documents)
    if len(pictures) == count or not any(pages):
        raise _without_text(source.name, count)
    warnings = (f"page(s) {', '.join(map(str, pictures))} hold only a picture, which is not read",) if pictures else ()
    return Draft(text=text_of(pages), media_type="application/ofd", warnings=warnings)


class _Document:
    """One document of the package: its pages, and what they print that lies elsewhere."""

    def __init__(self, package: Package, path: str) -> None:
        self._package = package
        self._path = path
        root = package.xml(path)
        self._data = root.find("{*}CommonData")
        self.pages = self._located(root.iterfind("{*}Pages/{*}Page"))
        templates = self._data.iterchildren("{*}TemplatePage") if self._data is not None else ()
        self._templates = {template.get("ID", ""): template for template in templates}
        self._left = _MOST_OBJECTS

    def printed(self) -> Iterator[tuple[Page, bool]]:
        """What is printed on each page, and whether a picture is."""
        return map(self._page, self.pages)

    def _page(self, path: str) -> tuple[Page, bool]:
        root = self._package.xml(path)
        roots = [*(self._package.xml(place) for place in self._templates_of(root)), root]
        glyphs: list[Glyph] = []
        strokes: list[Stroke] = []
        picture = False
        for element, matrix in self._objects(roots):
            kind = etree.QName(element).localname
            if kind == "TextObject":
                glyphs.extend(glyphs_of(element, matrix))
            elif kind == "PathObject":
                strokes.extend(strokes_of(element, matrix))
            picture |= kind == "ImageObject"
        return Page(tuple(once(glyphs)), tuple(strokes)), picture

    def _templates_of(self, page: etree._Element) -> list[str]:
        wanted = (template.get("TemplateID", "") for template in page.iterchildren("{*}Template"))
        return self._located(self._templates[name] for name in wanted if name in self._templates)

    def _located(self, elements: Iterable[etree._Element]) -> list[str]:
        return [self._package.resolve(element.get("BaseLoc", ""), beside=self._path) for element in elements]

    def _objects(self, roots: Iterable[etree._Element]) -> Iterator[tuple[etree._Element, Matrix]]:
        for root in roots:
            for content in root.iterchildren("{*}Content"):
                yield from self._inside(content, PAGE, depth=0)

    def _inside(
        self, container: etree._Element, matrix: Matrix, *, depth: int
    ) -> Iterator[tuple[etree._Element, Matrix]]:
        """The objects in layers and blocks, those of a composite object where it stands."""
        for element in container.iterchildren("{*}*"):
            self._left -= 1
            if self._left < 0 or depth > _DEEPEST:
                raise self._package.broken("its objects hold each other without end")
            kind = etree.QName(element).localname
            if kind in _CONTAINERS:
                yield from self._inside(element, matrix, depth=depth + 1)
            elif not is_shown(element):
                continue
            elif kind == "CompositeObject":
                for content in self._composites.get(element.get("ResourceID", ""), ()):
                    yield from self._inside(content, place_of(element, matrix), depth=depth + 1)
            else:
                yield element, matrix

    @cached_property
    def _composites(self) -> dict[str, list[etree._Element]]:
        """The content of what is drawn once and printed in many places."""
        places = [] if self._data is None else self._data.iterchildren(*(f"{{*}}{name}" for name in _RESOURCES))
        paths = (self._package.resolve(place.text or "", beside=self._path) for place in places)
        roots = [self._package.xml(path) for path in paths if self._package.has(path)]
        units = chain.from_iterable(root.iter("{*}CompositeGraphicUnit") for root in roots)
        return {unit.get("ID", ""): list(unit.iterchildren("{*}Content")) for unit in units}


def _documents(package: Package) -> list[_Document]:
    root = package.xml(_ROOT)
    places = [place.text or "" for place in root.iterfind("{*}DocBody/{*}DocRoot")]
    if not places:
        raise package.broken("it names no document")
    return [_Document(package, package.resolve(place, beside=_ROOT)) for place in places]


def _without_text(name: str, pages: int) -> SourceError:
    return SourceError(
        f"the OFD file has {pages} page(s) but no text: it is a scan, or draws its characters as pictures",
        where=name,
        code=ErrorCode.SCANNED_PDF,
        hint="export it as PDF and run optical character recognition over that (for instance ocrmypdf -l chi_sim)",
    )


def _read(name: str, documents: Sequence[_Document]) -> tuple[list[Blocks], list[int]]:
    pages: list[Blocks] = []
    pictures: list[int] = []
    characters = 0
    for page, picture in chain.from_iterable(map(_Document.printed, documents)):
        refuse_unnamed(name, page.glyphs)
        characters += len(page.glyphs)
        if characters > LONGEST_TEXT:
            raise too_long(name, characters)
        pages.append(blocks_of(page))
        if picture and len(page.glyphs) < FEWEST_CHARACTERS:
            pictures.append(len(pages))
    return pages, pictures
