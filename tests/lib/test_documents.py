"""One document with every kind of block, as PDF and as Word."""

from dataclasses import replace
from io import BytesIO

import docx
import pikepdf
import pytest
from docx.oxml.ns import qn

from senate_portal.lib import charts
from senate_portal.lib.documents import Document, Facts, Figure, Heading, Item, Items, Notice, Table, Text
from senate_portal.lib.pdf import pdf
from senate_portal.lib.word import word

CHART = charts.bars("c", title="Points", description="By theme", header=("Theme", "Points"), rows=[("Trust", 1200)])


@pytest.fixture
def document():
    return Document(
        title="What North East London said",
        subtitle="A forum",
        author="A Senate",
        description="A summary",
        footer="Made today",
        blocks=[
            Notice("Draft"),
            Facts([("Area", "NEL")]),
            Heading("First section"),
            Items(
                [
                    Item("#let x = 1; $a$ *b* <c> & @d", [("Enabled by", "Trust"), ("", "Unclear")], number=1),
                    Item("Third", number=3),
                ]
            ),
            Heading("Second section"),
            Items([Item("One again", number=1)]),
            Heading("Below it", level=2),
            Items([Item("Falls car", [("Ask", "Somebody")], address="https://portal.example.org/falls/")]),
            Text("A bell\x07, a tab\tand a line\nbreak"),
            Table("Counts", ("Theme", "Points"), [("Trust", "3")], widths=(5, 1), numeric=(1,)),
            Figure(CHART),
        ],
    )


def test_document_drops_what_cannot_be_printed(document):
    assert document.blocks[8] == Text("A bell, a tab\tand a line\nbreak")


@pytest.mark.parametrize(
    "text", ["Well done 👍🏽", "你好", "\U0010ffff", "ﷺ", "".join(map(chr, range(0x4E00, 0x4E40)))]
)
def test_pdf_is_made_of_letters_that_its_typefaces_lack(document, text):
    with pikepdf.open(BytesIO(pdf(replace(document, subtitle=text, blocks=[Text(text)])))) as file:
        assert file.Root.MarkInfo.Marked


def test_pdf_is_made_with_a_heading_of_which_nothing_can_be_printed(document):
    assert pdf(replace(document, blocks=[Heading("\x07")])).startswith(b"%PDF")


def test_pdf_is_tagged_and_says_its_title_language_and_standard(document):
    with pikepdf.open(BytesIO(pdf(document))) as file:
        assert file.Root.MarkInfo.Marked
        assert str(file.Root.Lang) == "en-GB"
        assert file.Root.ViewerPreferences.DisplayDocTitle
        with file.open_metadata() as metadata:
            assert metadata["dc:title"] == "What North East London said"
            assert metadata["pdfuaid:part"] == "1"


def test_pdf_holds_headings_lists_and_tables_for_screen_readers(document):
    with pikepdf.open(BytesIO(pdf(document))) as file:
        kinds = [str(element.S) for element in elements(file.Root.StructTreeRoot)]
    assert [kind for kind in kinds if kind.startswith("/H")] == ["/H1", "/H2", "/H2", "/H3"]
    assert kinds.count("/L") == 4
    assert kinds.count("/Table") == kinds.count("/THead") == 2
    assert kinds.count("/TH") == 4
    assert kinds.count("/Figure") == 1


def test_pdf_shows_the_chart_with_words_for_those_who_do_not_see_it(document):
    with pikepdf.open(BytesIO(pdf(document))) as file:
        alternatives = [str(element.Alt) for element in elements(file.Root.StructTreeRoot) if "/Alt" in element]
    assert "Points. By theme" in alternatives


def test_pdf_brings_its_typeface(document):
    with pikepdf.open(BytesIO(pdf(document))) as file:
        names = {str(font.BaseFont).partition("+")[2] for page in file.pages for font in page.Resources.Font.values()}
    assert names == {"Arimo-Regular", "Arimo-Bold"}


def elements(node):
    """Every structure element below a node, in reading order."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


@pytest.fixture
def word_file(document):
    return docx.Document(BytesIO(word(document)))


def test_word_uses_real_styles(word_file):
    assert [(paragraph.style.name, paragraph.text) for paragraph in word_file.paragraphs if paragraph.text] == [
        ("Title", "What North East London said"),
        ("Subtitle", "A forum"),
        ("Notice", "Draft"),
        ("Normal", "Area: NEL"),
        ("Heading 1", "First section"),
        ("List Number", "#let x = 1; $a$ *b* <c> & @d"),
        ("Detail", "Enabled by: Trust"),
        ("Detail", "Unclear"),
        ("List Number", "Third"),
        ("Heading 1", "Second section"),
        ("List Number", "One again"),
        ("Heading 2", "Below it"),
        ("List Bullet", "Falls car"),
        ("Detail", "Ask: Somebody"),
        ("Normal", "A bell, a tab\tand a line\nbreak"),
        ("Caption", "Counts"),
        ("Caption", "Points"),
    ]


def test_word_counts_each_list_from_its_own_first_number(word_file):
    numbering = word_file.part.numbering_part.element
    starts = [
        numbering.num_having_numId(paragraph._p.pPr.numPr.numId.val)
        .find(f"{qn('w:lvlOverride')}/{qn('w:startOverride')}")
        .get(qn("w:val"))
        for paragraph in word_file.paragraphs
        if paragraph.style.name == "List Number"
    ]
    assert starts == ["1", "3", "1"]


def test_word_repeats_the_header_of_a_table_on_every_page(word_file):
    counts, points = word_file.tables
    assert [cell.text for cell in counts.rows[0].cells] == ["Theme", "Points"]
    assert [[cell.text for cell in row.cells] for row in points.rows[1:]] == [["Trust", "1,200"]]
    assert all(table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for table in (counts, points))


def test_word_links_to_addresses_and_describes_pictures(word_file):
    link = word_file.element.body.find(f".//{qn('w:hyperlink')}")
    assert word_file.part.rels[link.get(qn("r:id"))].target_ref == "https://portal.example.org/falls/"
    assert word_file.inline_shapes[0]._inline.docPr.get("descr") == "Points. By theme"


def test_word_is_in_british_english_on_a4(word_file):
    assert word_file.core_properties.title == "What North East London said"
    assert word_file.core_properties.language == "en-GB"
    language = word_file.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "en-GB"
    section = word_file.sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)


@pytest.mark.parametrize(("rows", "together"), [(5, True), (60, False)])
@pytest.mark.parametrize("above", [30, 31, 32, 33])
def test_a_short_table_stands_on_one_page(document, rows, together, above):
    table = Table("Counts", ("Theme", "Points"), [(f"Theme {row}", "3") for row in range(rows)], widths=(5, 1))
    with pikepdf.open(BytesIO(pdf(replace(document, blocks=[Text("Words")] * above + [table])))) as file:
        pages = {cell.Pg.objgen for cell in parts_of(file.Root.StructTreeRoot) if cell.get("/S") == "/TD"}
    assert (len(pages) == 1) is together


def parts_of(element):
    """All elements of a PDF's structure below this one."""
    below = element.get("/K", [])
    for part in below if isinstance(below, pikepdf.Array) else [below]:
        if isinstance(part, pikepdf.Dictionary):
            yield part
            yield from parts_of(part)
