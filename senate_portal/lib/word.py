"""Documents as Word files, with real headings, lists and table headers, in British English."""

from functools import singledispatch
from io import BytesIO
from typing import Any

import docx
from docx.document import Document as WordFile
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from senate_portal.lib import documents, pdf

BLUE = RGBColor(0x00, 0x5E, 0xB8)
INK = RGBColor(0x21, 0x2B, 0x32)
LINE_WIDTH = Cm(16.6)
INDENT = Cm(1.2)


def word(document: documents.Document) -> bytes:
    file = _blank(document)
    _paragraph(file, "Title", document.title)
    if document.subtitle:
        _paragraph(file, "Subtitle", document.subtitle)
    for block in document.blocks:
        write(block, file)
    saved = BytesIO()
    file.save(saved)
    return saved.getvalue()


@singledispatch
def write(block: documents.Block, file: WordFile) -> None:
    raise TypeError(f"No layout for {type(block).__name__}")


@write.register
def _(block: documents.Heading, file: WordFile) -> None:
    _paragraph(file, f"Heading{block.level}", block.text)


@write.register
def _(block: documents.Text, file: WordFile) -> None:
    file.add_paragraph(block.text)


@write.register
def _(block: documents.Notice, file: WordFile) -> None:
    _paragraph(file, "Notice", block.text)


@write.register
def _(block: documents.Facts, file: WordFile) -> None:
    for name, value in block.rows:
        _labelled(file.add_paragraph(), name, value)


@write.register
def _(block: documents.Items, file: WordFile) -> None:
    numbering = previous = None
    for item in block.items:
        if item.number is None:
            paragraph = _paragraph(file, "ListBullet")
        else:
            paragraph = _paragraph(file, "ListNumber")
            if previous is None or item.number != previous + 1:
                numbering = _numbering_from(item.number, file)
            _set_numbering(paragraph, numbering)
            previous = item.number
        layout = paragraph.paragraph_format
        layout.keep_with_next = bool(item.details)
        layout.space_before, layout.space_after = Pt(6), Pt(3)
        if item.address:
            _link(paragraph, item.text, item.address)
        else:
            paragraph.add_run(item.text)
        for label, text in item.details:
            _labelled(_paragraph(file, "Detail"), label, text)


@write.register
def _(block: documents.Table, file: WordFile) -> None:
    _paragraph(file, "Caption", block.caption).paragraph_format.keep_with_next = True
    table = file.add_table(rows=1, cols=len(block.header), style="Table Grid")
    table.autofit = False
    for cell, text in zip(table.rows[0].cells, block.header, strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    # Repeated on every page, and read out as the header.
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in block.rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    widths = [int(LINE_WIDTH * width / sum(block.widths)) for width in block.widths]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width  # some programs go by the columns, others by the cells
    for row in table.rows:
        for column, cell in enumerate(row.cells):
            cell.width = widths[column]
            if column in block.numeric:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    file.add_paragraph()


@write.register
def _(block: documents.Figure, file: WordFile) -> None:
    shape = file.add_picture(BytesIO(pdf.picture(block.chart.svg)), width=LINE_WIDTH)
    shape._inline.docPr.set("descr", f"{block.chart.title}. {block.chart.description}")
    write(block.table, file)


def _blank(document: documents.Document) -> WordFile:
    """An empty A4 file with our styles, title and footer."""
    file = docx.Document()
    properties = file.core_properties
    properties.title, properties.author = document.title, document.author
    properties.subject, properties.comments, properties.language = document.subtitle, document.description, "en-GB"
    section = file.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2.2)
    _set_styles(file)
    footer = section.footer.paragraphs[0]
    for words, field in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
        footer.add_run(words)
        number = OxmlElement("w:fldSimple")
        number.set(qn("w:instr"), field)
        footer._p.append(number)
    footer.add_run(f". {document.footer}")
    return file


def _set_styles(file: WordFile) -> None:
    styles: Any = file.styles
    for name in ("List Number", "List Bullet"):
        _indent_list(styles[name], file)
    for name, size in (("Normal", 11), ("Title", 22), ("Subtitle", 13), ("Heading 1", 16), ("Heading 2", 13)):
        _set_font(styles[name], size)
    _set_font(styles["Heading 3"], 11)
    _set_font(styles["Caption"], 10)
    language = styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:lang')}")
    language.set(qn("w:val"), "en-GB")
    for name, colour in (("Detail", "005EB8"), ("Notice", "212B32")):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        style.paragraph_format.left_indent = INDENT
        style.paragraph_format.space_after = Pt(4)
        borders, left = OxmlElement("w:pBdr"), OxmlElement("w:left")
        for attribute, value in (("val", "single"), ("sz", "18"), ("space", "8"), ("color", colour)):
            left.set(qn(f"w:{attribute}"), value)
        borders.append(left)
        style.element.get_or_add_pPr().insert_element_before(borders, "w:spacing", "w:ind")
    styles["Notice"].font.bold = True


def _indent_list(style: Any, file: WordFile) -> None:
    """Wide enough for numbers of three figures, which touch their text in the default file."""
    numbering: Any = file.part.numbering_part.element
    pattern = numbering.num_having_numId(style.element.pPr.numPr.numId.val).abstractNumId.val
    layout = numbering.find(f"{qn('w:abstractNum')}[@{qn('w:abstractNumId')}='{pattern}']/{qn('w:lvl')}/{qn('w:pPr')}")
    layout.remove(layout.find(qn("w:tabs")))
    indent = layout.find(qn("w:ind"))
    for side in ("left", "hanging"):
        indent.set(qn(f"w:{side}"), str(round(INDENT.twips)))


def _set_font(style: Any, size: int) -> None:
    """Arial in every script, in place of the default file's theme fonts and blue headings."""
    style.font.name, style.font.size, style.font.color.rgb = "Arial", Pt(size), INK
    fonts = style.element.rPr.rFonts
    for attribute in list(fonts.attrib):
        if attribute.endswith("Theme"):
            del fonts.attrib[attribute]
    for script in ("hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), "Arial")


def _paragraph(file: WordFile, style: str, text: str = "") -> Paragraph:
    """With the id of its style, since python-docx would search all styles for the name at every paragraph."""
    paragraph = file.add_paragraph(text)
    paragraph._p.style = style
    return paragraph


def _labelled(paragraph: Paragraph, label: str, text: str) -> None:
    if label:
        paragraph.add_run(f"{label}: ").bold = True
    paragraph.add_run(text)


def _link(paragraph: Paragraph, text: str, address: str) -> None:
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = paragraph.add_run(text)
    run.font.color.rgb, run.font.underline = BLUE, True
    link.append(run._r)
    paragraph._p.append(link)


def _numbering_from(first: int, file: WordFile) -> int:
    """A list of its own, since Word goes on counting from the one before."""
    style: Any = file.styles["List Number"]
    numbering: Any = file.part.numbering_part.element
    pattern = numbering.num_having_numId(style.element.pPr.numPr.numId.val).abstractNumId.val
    number = numbering.add_num(pattern)
    number.add_lvlOverride(ilvl=0).add_startOverride(first)
    return int(number.numId)


def _set_numbering(paragraph: Paragraph, numbering: int | None) -> None:
    properties: Any = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = numbering
