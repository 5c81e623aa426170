"""Says what is wrong with a Word file: what the schema of WordprocessingML (ECMA-376) forbids and Word would repair.

Not the whole schema: the order of children where it is fixed, what every container must hold, numbers that must be there
once, references that must lead somewhere, parts that must be declared.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"

_BORDERS = "top left start bottom right end insideH insideV tl2br tr2bl"
_RUN = (
    "ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof"
    " snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs"
    " em lang eastAsianLayout specVanish oMath rPrChange"
)
ORDER = {
    "pPr": (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs"
        " suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd"
        " snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment"
        " textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
    ),
    "rPr": _RUN,
    "numPr": "ilvl numId numberingChange ins",
    "pBdr": "top left bottom right between bar",
    "tblPr": (
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd"
        " tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange"
    ),
    "tblBorders": _BORDERS,
    "tblCellMar": _BORDERS,
    "tcMar": _BORDERS,
    "tcBorders": _BORDERS,
    "tcPr": (
        "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark headers"
        " cellIns cellDel cellMerge tcPrChange"
    ),
    "tbl": "bookmarkStart bookmarkEnd tblPr tblGrid tr",
    "tr": "tblPrEx trPr tc",
    "sectPr": (
        "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols"
        " formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings sectPrChange"
    ),
    "sdt": "sdtPr sdtEndPr sdtContent",
    "style": (
        "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal"
        " personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr"
    ),
    "tblStylePr": "pPr rPr tblPr trPr tcPr",
    "styles": "docDefaults latentStyles style",
    "docDefaults": "rPrDefault pPrDefault",
    "numbering": "numPicBullet abstractNum num numIdMacAtCleanup",
    "abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "num": "abstractNumId lvlOverride",
    "settings": (
        "writeProtection view zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries"
        " displayBackgroundShape printPostScriptOverText printFractionalCharacterWidth printFormsData embedTrueTypeFonts"
        " embedSystemFonts saveSubsetFonts saveFormsData mirrorMargins alignBordersAndEdges bordersDoNotSurroundHeader"
        " bordersDoNotSurroundFooter gutterAtTop hideSpellingErrors hideGrammaticalErrors activeWritingStyle proofState"
        " formsDesign attachedTemplate linkStyles stylePaneFormatFilter stylePaneSortMethod documentType mailMerge"
        " revisionView trackRevisions doNotTrackMoves doNotTrackFormatting documentProtection autoFormatOverride"
        " styleLockTheme styleLockQFSet defaultTabStop autoHyphenation consecutiveHyphenLimit hyphenationZone"
        " doNotHyphenateCaps showEnvelope summaryLength clickAndTypeStyle defaultTableStyle evenAndOddHeaders"
        " bookFoldRevPrinting bookFoldPrinting bookFoldPrintingSheets drawingGridHorizontalSpacing"
        " drawingGridVerticalSpacing displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery"
        " doNotUseMarginsForDrawingGridOrigin drawingGridHorizontalOrigin drawingGridVerticalOrigin doNotShadeFormData"
        " noPunctuationKerning characterSpacingControl printTwoOnOne strictFirstAndLastChars noLineBreaksAfter"
        " noLineBreaksBefore savePreviewPicture doNotValidateAgainstSchema saveInvalidXml ignoreMixedContent"
        " alwaysShowPlaceholderText doNotDemarcateInvalidXml saveXmlDataOnly useXSLTWhenSaving saveThroughXslt showXMLTags"
        " alwaysMergeEmptyNamespace updateFields hdrShapeDefaults footnotePr endnotePr compat docVars rsids mathPr"
        " attachedSchema themeFontLang clrSchemeMapping doNotIncludeSubdocsInStats doNotAutoCompressPictures forceUpgrade"
        " captions readModeInkLockDown smartTagType schemaLibrary shapeDefaults doNotEmbedSmartTags decimalSymbol"
        " listSeparator"
    ),
}
"""The order in which the schema wants the children of an element; those not named here are left out of account."""

_ANYWHERE = {"sectPr": ("headerReference", "footerReference"), "tbl": ("bookmarkStart", "bookmarkEnd")}
"""Children that may stand in any order among themselves."""

_ONCE = {
    "comment": "id",
    "bookmarkStart": "id",
    "ins": "id",
    "del": "id",
    "num": "numId",
    "abstractNum": "abstractNumId",
    "style": "styleId",
    "footnote": "id",
}
"""Elements with a number that no other of the kind in the part may have."""


def faults(data: bytes) -> list[str]:
    """What is wrong with the file, one line each; empty for a file that Word opens without repair."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        parts = {name: package.read(name) for name in names}
    trees = {name: etree.fromstring(text) for name, text in parts.items() if name.endswith((".xml", ".rels"))}
    found = [f"{name} stands in the file {count} times" for name, count in Counter(names).items() if count > 1]
    found.extend(_package_faults(trees, set(names)))
    for name, tree in trees.items():
        if tree.tag.startswith(W):
            found.extend(f"{name}: {fault}" for fault in _part_faults(tree))
    found.extend(_reference_faults(trees))
    return list(dict.fromkeys(found))


# ---- the package ----


def _package_faults(trees: dict[str, etree._Element], names: set[str]) -> Iterator[str]:
    types = trees["[Content_Types].xml"]
    endings = {node.get("Extension", "").casefold() for node in types.iter(_TYPES + "Default")}
    declared = [node.get("PartName", "") for node in types.iter(_TYPES + "Override")]
    yield from (f"{name} is declared twice" for name, count in Counter(declared).items() if count > 1)
    yield from (f"{name} is declared and not there" for name in declared if name.lstrip("/") not in names)
    for name in names - {"[Content_Types].xml"}:
        if f"/{name}" not in declared and name.rpartition(".")[2].casefold() not in endings and not name.endswith("/"):
            yield f"{name} has no content type"
    for name, tree in trees.items():
        if name.endswith(".rels"):
            yield from _relationship_faults(name, tree, trees, names)


def _relationship_faults(
    name: str, tree: etree._Element, trees: dict[str, etree._Element], names: set[str]
) -> Iterator[str]:
    folder, _, file = name.partition("_rels/")
    ties = list(tree.iter(_RELS + "Relationship"))
    ids = Counter(tie.get("Id", "") for tie in ties)
    yield from (f"{name}: {key} stands there twice" for key, count in ids.items() if count > 1)
    for tie in ties:
        if tie.get("TargetMode") == "External":
            continue
        target = tie.get("Target", "")
        place = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        if place not in names:
            yield f"{name}: {target} is not there"
    owner = trees.get(folder + file.removesuffix(".rels"))
    if owner is not None:
        used = {value for node in owner.iter(etree.Element) for key, value in node.attrib.items() if key.startswith(R)}
        yield from (f"{name}: {key} is used and not there" for key in sorted(used - set(ids)) if key)


# ---- a part ----


def _part_faults(tree: etree._Element) -> Iterator[str]:
    for node in tree.iter(etree.Element):
        if not str(node.tag).startswith(W):
            continue
        yield from _order_faults(node)
        yield from _content_faults(node)
    for name, key in _ONCE.items():
        # A footnote's number is the same in its part and its place; deletions and insertions are counted together.
        numbers = Counter(node.get(W + key) for node in tree.iter(W + name))
        yield from (f"{name} {number} stands there twice" for number, count in numbers.items() if count > 1)


def _order_faults(node: etree._Element) -> Iterator[str]:
    name = _name(node)
    if name not in ORDER:
        return
    order = ORDER[name].split()
    children = [_name(child) for child in node if isinstance(child.tag, str) and child.tag.startswith(W)]
    ranked = [order.index(_first_of(name, child)) for child in children if child in order]
    if ranked != sorted(ranked):
        yield f"{name}: {' '.join(children)} is out of order"
    repeated = {"tr", "tc", "style", "tblStylePr", "lvl", "num", "abstractNum", "lvlOverride", *_ANYWHERE.get(name, ())}
    counts = Counter(child for child in children if child in order and child not in repeated)
    yield from (f"{name}: {child} stands there {count} times" for child, count in counts.items() if count > 1)


def _first_of(name: str, child: str) -> str:
    free: Sequence[str] = _ANYWHERE.get(name, ())
    return free[0] if child in free else child


def _content_faults(node: etree._Element) -> Iterator[str]:
    name = _name(node)
    children = [child for child in node if isinstance(child.tag, str)]
    tags = [_name(child) for child in children]
    if name == "tc" and (not tags or tags[-1] not in ("p", "bookmarkEnd", "commentRangeEnd", "sdt")):
        yield "tc: does not end with a paragraph"
    if name == "tbl":
        yield from _grid_faults(node)
    if name in ("body", "tc", "hdr", "ftr", "comment", "footnote"):
        if not {"p", "tbl", "sdt"} & set(tags):
            yield f"{name}: is empty"
        if any(one == other == "tbl" for one, other in pairwise(tags)):
            yield f"{name}: a table right behind a table"
        if {"r", "t"} & set(tags):
            yield f"{name}: a run outside a paragraph"
    if name == "p" and "p" in tags:
        yield "p: a paragraph in a paragraph"
    if name in ("pPr", "rPr", "tblPr", "trPr", "tcPr") and tags and node.getparent() is not None:
        first = next(child for child in node.getparent() if isinstance(child.tag, str))
        if _name(node.getparent()) in ("p", "r", "tc") and first is not node:
            yield f"{_name(node.getparent())}: {name} does not stand first"
    if name == "t" and any(_name(above) == "del" for above in node.iterancestors() if above.tag != W + "txbxContent"):
        yield "del: text that is not marked as deleted"
    if name == "delText" and not any(_name(above) in ("del", "moveFrom") for above in node.iterancestors()):
        yield "delText: outside a deletion"
    if name == "instrText" and any(_name(above) == "del" for above in node.iterancestors()):
        yield "del: a field's instruction that is not marked as deleted"
    if name in ("ins", "del") and node.get(W + "author") is None:
        yield f"{name}: no author"
    kept = node.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
    if name in ("t", "delText") and not kept and (node.text or "") != (node.text or "").strip():
        yield f"{name}: a space at its end is lost"


def _grid_faults(table: etree._Element) -> Iterator[str]:
    grid = table.find(W + "tblGrid")
    if grid is None:
        yield "tbl: no grid"
        return
    if table.find(W + "tr") is None and table.find(f"{W}sdt") is None:
        yield "tbl: no row"
    columns = len(grid.findall(W + "gridCol"))
    for row in table.findall(W + "tr"):
        spans = [node.get(W + "val", "1") for node in row.findall(f"{W}tc/{W}tcPr/{W}gridSpan")]
        plain = len(row.findall(W + "tc")) - len(spans)
        beside = row.findall(f"{W}trPr/{W}gridBefore") + row.findall(f"{W}trPr/{W}gridAfter")
        width = plain + sum(map(int, spans)) + sum(int(node.get(W + "val", "0")) for node in beside)
        if width > columns:
            yield f"tr: {width} columns in a grid of {columns}"


# ---- references from part to part ----


def _reference_faults(trees: dict[str, etree._Element]) -> Iterator[str]:
    main = trees["word/document.xml"]
    stories = [tree for tree in trees.values() if _name(tree) in ("document", "hdr", "ftr", "comments", "footnotes")]
    styles = {node.get(W + "styleId") for node in trees["word/styles.xml"].iter(W + "style")}
    for story in [*stories, trees["word/styles.xml"]]:
        for name in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link"):
            used = {node.get(W + "val") for node in story.iter(W + name)}
            yield from (f"{name} {key!r} is no style" for key in sorted(used - styles, key=str))
    numbering = trees.get("word/numbering.xml")
    lists = set() if numbering is None else {node.get(W + "numId") for node in numbering.iter(W + "num")}
    kinds = (
        set() if numbering is None else {node.get(W + "abstractNumId") for node in numbering.iter(W + "abstractNum")}
    )
    for story in stories:
        used = {node.get(W + "val") for node in story.iter(W + "numId")}
        yield from (f"numId {key!r} is no list" for key in sorted(used - lists - {"0"}, key=str))
    if numbering is not None:
        tied = {node.get(W + "val") for node in numbering.iter(W + "num") for node in node.iter(W + "abstractNumId")}
        yield from (f"abstractNum {key!r} is not there" for key in sorted(tied - kinds, key=str))
    yield from _comment_faults(main, trees.get("word/comments.xml"))
    bookmarks = {node.get(W + "name") for node in main.iter(W + "bookmarkStart")}
    anchors = {node.get(W + "anchor") for node in main.iter(W + "hyperlink") if node.get(W + "anchor")}
    yield from (f"hyperlink to {key!r}, which is no bookmark" for key in sorted(anchors - bookmarks, key=str))
    named = Counter(node.get(W + "name") for node in main.iter(W + "bookmarkStart"))
    yield from (f"bookmark {key!r} stands there twice" for key, count in named.items() if count > 1)
    fields = Counter(node.get(W + "fldCharType") for node in main.iter(W + "fldChar"))
    if fields["begin"] != fields["end"]:
        yield "a field without beginning or end"
    yield from _bookmark_end_faults(main)


def _comment_faults(main: etree._Element, comments: etree._Element | None) -> Iterator[str]:
    known = {node.get(W + "id") for node in comments.iter(W + "comment")} if comments is not None else set()
    for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        used = Counter(node.get(W + "id") for node in main.iter(W + name))
        yield from (f"{name} {key} is no comment" for key in sorted(set(used) - known, key=str))
        yield from (f"{name} {key} stands there twice" for key, count in used.items() if count > 1)
    shown = {node.get(W + "id") for node in main.iter(W + "commentReference")}
    yield from (f"comment {key} hangs on nothing" for key in sorted(known - shown, key=str))


def _bookmark_end_faults(main: etree._Element) -> Iterator[str]:
    starts = {node.get(W + "id") for node in main.iter(W + "bookmarkStart")}
    ends = Counter(node.get(W + "id") for node in main.iter(W + "bookmarkEnd"))
    yield from (f"bookmark {key} has no end" for key in sorted(starts - set(ends), key=str))
    yield from (f"bookmarkEnd {key} ends nothing" for key in sorted(set(ends) - starts, key=str))


def _name(node: etree._Element) -> str:
    return re.sub(r"^\{.*\}", "", str(node.tag))
