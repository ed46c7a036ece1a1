"""Each kind of file that is wrong gets its own answer, and each that is only untidy is taken."""

import codecs
import io
import json
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.kernel.errors import Invalid
from amparo.registries.messages import SENTENCES, sentence
from amparo.registries.readers.limits import Limits
from tests.unit.registries.reading import MP_COLUMNS, PNP, mp_row, pnp, read, workbook


def refusal(source: str, content: bytes, limits: Limits | None = None) -> Invalid:
    """What the file is refused with; it must have a sentence in both languages."""
    with pytest.raises(Invalid) as caught:
        read(source, content, limits)
    spanish, english = (sentence(caught.value.code, caught.value.params, language) for language in ("es", "en"))
    assert caught.value.code in SENTENCES
    assert "…" not in spanish + english
    return caught.value


def table(*rows: list[object]) -> list[list[object]]:
    return [list(MP_COLUMNS), *rows]


@pytest.mark.parametrize("content", [b"", b"   \r\n\r\n", b"\xef\xbb\xbf"])
def test_an_empty_file(content):
    assert refusal("pnp-reta", content).code == "file.empty"


def test_a_header_without_rows():
    header = pnp().splitlines()[0]

    assert refusal("pnp-reta", header + b"\r\n").code == "file.no_rows"


@pytest.mark.parametrize(
    ("start", "code"),
    [
        (b"%PDF-1.7\n...", "file.not_a_table"), (b"\x89PNG\r\n\x1a\n\x00", "file.not_a_table"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "file.not_a_table"), (b"{\\rtf1 hola}", "file.not_a_table"),
        (b"<html><table><tr><td>NRO_REGISTRO</td></tr></table>", "file.web_page"),
        (b"<?xml version='1.0'?><Workbook/>", "file.not_a_table"), (b"\x1f\x8b\x08\x00\x00", "file.not_a_table"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_said_by_its_kind(start, code):
    assert refusal("mp", start).code == code


def test_an_excel_of_before_2007_and_a_locked_one_are_told_apart():
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512

    assert refusal("mp", ole + "Workbook".encode("utf-16-le")).code == "file.old_excel"
    assert refusal("mp", ole + "EncryptedPackage".encode("utf-16-le")).code == "file.password"


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_encoding_and_separator_are_found_out(encoding, separator):
    opened, rows = read("pnp-reta", pnp({"AP_PATERNO": "NUÑEZ"}, separator=separator, encoding=encoding))

    assert rows[0]["fields"]["surname1"] == "NUÑEZ"
    assert opened["read_as"]["separator"] == {"\t": "tab"}.get(separator, separator)
    assert opened["read_as"]["encoding"] == encoding
    assert ("note.other_encoding" in {note["code"] for note in opened["notes"]}) == (encoding != "cp1252")


def test_utf16_without_a_mark_is_recognised():
    content = pnp(encoding="utf-16-le")

    assert read("pnp-reta", content)[0]["read_as"]["encoding"] == "utf-16-le"


def test_single_broken_letters_set_only_their_rows_aside():
    good = [{"NRO_REGISTRO": f"R2026-{number:06d}", "AP_PATERNO": "NUÑEZ"} for number in range(40)]
    content = pnp(*good, encoding="utf-8").replace("NUÑEZ".encode(), b"NU\xd1EZ", 1)

    opened, rows = read("pnp-reta", content)

    assert "note.damaged_encoding" in {note["code"] for note in opened["notes"]}
    assert [row["n"] for row in rows if "reasons" in row] == [2]


def test_nul_bytes_are_refused():
    assert refusal("pnp-reta", pnp() + b"R2\0" + b"x" * 9000).code == "file.nul_bytes"


def test_a_line_without_end_is_refused():
    content = pnp() + b"A" * 300_000

    assert refusal("pnp-reta", content).code == "file.line_too_long"


def test_a_quotation_mark_that_is_never_closed_is_refused():
    rest = b"".join(b"R2026-%06d;x\r\n" % number for number in range(20_000))

    assert refusal("pnp-reta", pnp() + b'"' + rest).code in ("file.open_quote", "file.line_too_long")


def test_title_rows_above_the_header_are_passed_over():
    content = workbook({"Agraviados": [["MINISTERIO PÚBLICO"], [], ["Reporte"], *table(mp_row())]})

    opened, rows = read("mp", content)

    assert {"code": "note.title_rows", "row": 4} in opened["notes"]
    assert rows[0]["n"] == 5


def test_a_header_in_two_rows_is_put_together():
    upper = ["CARPETA", None, "FISCALIA", "FECHA", "AGRAVIADO", "DOC", "SEXO", "EDAD", "ESTADO", "FECHA"]
    lower = ["FISCAL", "ITEM", None, "INGRESO", None, "IDENTIDAD", None, None, None, "ESTADO"]

    opened, rows = read("mp", workbook({"Agraviados": [upper, lower, mp_row()]}))

    assert "note.two_header_rows" in {note["code"] for note in opened["notes"]}
    assert rows[0]["key"] == "2706014500-2026-101-0|1"


def test_the_carpeta_shown_once_counts_for_its_group():
    rows = [mp_row(item=1), mp_row(carpeta="", item=2), mp_row(carpeta="2706014500-2026-102-0", item=1)]

    read_rows = read("mp", workbook({"Agraviados": table(*rows)}))[1]

    assert [row["key"].split("|")[0][-5:] for row in read_rows] == ["101-0", "101-0", "102-0"]


def test_another_sheet_is_used_where_it_has_the_columns_and_said():
    opened, _ = read("mp", workbook({"Hoja1": [["nada"]], "Hoja2": table(mp_row())}))

    assert opened["read_as"]["sheet"] == "Hoja2"
    assert "note.other_sheet" in {note["code"] for note in opened["notes"]}


def test_a_workbook_without_the_sheet_is_refused_with_the_sheets_it_has():
    refused = refusal("mp", workbook({"Resumen": [["Total", 5]], "Notas": [["x"]]}))

    assert refused.code == "file.wrong_sheet"
    assert refused.params["sheets"] == ["Resumen", "Notas"]


def test_an_unknown_column_is_shown_and_its_rows_are_taken_with_the_value_sealed():
    content = pnp().replace(b"OBSERVACIONES\r\n", b"OBSERVACIONES;COLOR\r\n").replace(b";\r\n", b";;ROJO\r\n")

    opened, rows = read("pnp-reta", content)

    assert {"code": "note.unknown_columns", "columns": ["COLOR"]} in opened["notes"]
    assert rows[0]["identity"]["COLOR"] == "ROJO"
    assert "ROJO" not in json.dumps([rows[0]["content"], rows[0]["values"]])


def test_a_missing_column_is_refused_with_its_name():
    refused = refusal("pnp-reta", pnp(leave_out="NRO_DENUNCIA"))

    assert (refused.code, refused.params["columns"]) == ("file.columns_missing", ["NRO_DENUNCIA"])


@pytest.mark.parametrize(
    ("chosen", "of", "content"),
    [
        ("mimp-upe", "pnp-reta", pnp()),
        ("pnp-reta", "mp", workbook({"Agraviados": table(mp_row())})),
        ("mp", "calp", json.dumps({"fichas": [{"codigo": "C-1", "apertura": "2026-01-02", "sede": "Lima", "persona": {
            "nombres": "A", "apellidos": "B", "como_le_dicen": "", "nombre_originario": "", "sexo": "", "nacimiento": {
            "fecha": "", "edad_aprox": 3}, "documento": {"tipo": "", "numero": ""}, "nacionalidad": "", "origen": {
            "ubigeo": ""}, "telefono_seguro": ""}, "hecho": {"fecha": "", "ubigeo": "", "lugar": "", "finalidades": [],
            "captacion": ""}, "referencias": {"carpeta": "", "denuncia": ""}, "pri": {"fecha": ""},
            "evaluacion_riesgo": {"fecha": "", "nivel": ""}}]}).encode()),
    ],
    ids=["police as upe", "prosecutors as police", "calp as prosecutors"],
)  # fmt: skip
def test_the_file_of_another_institution_is_recognised(chosen, of, content):
    refused = refusal(chosen, content)

    assert (refused.code, refused.params["source"]) == ("file.other_institution", of)


def test_a_formula_and_an_error_set_their_rows_aside():
    rows = read("mp", workbook({"Agraviados": table(mp_row(item=1, EDAD="=8+8"), mp_row(item=2))}))[1]

    assert [reason["code"] for reason in rows[0]["reasons"]] == ["cell.formula"]
    assert "reasons" not in rows[1]


def test_a_row_cut_short_and_one_with_a_stray_separator_are_set_aside():
    lines = pnp({}, {"NRO_REGISTRO": "R2026-000002"}, {"NRO_REGISTRO": "R2026-000003"}).splitlines()
    content = b"\r\n".join([lines[0], lines[1][:60], lines[2] + b"uno;dos", lines[3]])

    rows = read("pnp-reta", content)[1]

    assert rows[0]["reasons"][0]["code"] == "row.cut_short"
    assert rows[1]["reasons"][0]["code"] == "row.too_wide"
    assert "reasons" not in rows[2]


def test_the_second_row_with_a_number_is_set_aside_and_names_the_first():
    rows = read("pnp-reta", pnp({}, {"NOMBRES": "OTRA"}))[1]

    assert rows[1]["reasons"] == [{"code": "row.key_twice", "column": "", "value": "", "params": {"row": "2"}}]


def test_ten_million_empty_rows_end_in_an_answer_and_soon():
    start = zipfile.ZipFile(io.BytesIO(workbook({"Agraviados": table(mp_row())})))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in start.infolist():
            content = start.read(entry)
            if entry.filename.endswith("sheet1.xml"):
                content = content.replace(b"</sheetData>", b"<row/>" * 200_000 + b"</sheetData>")
            made.writestr(entry.filename, content)

    refused = refusal("mp", buffer.getvalue())

    assert (refused.code, refused.params["row"]) == ("file.empty_rows", 3)


def test_a_zip_bomb_is_refused_before_anything_is_unpacked():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr("xl/workbook.xml", b"0" * 50_000_000)

    assert refusal("mp", buffer.getvalue(), Limits(ratio=50)).code == "file.zip_bomb"


def test_too_many_entries_are_a_bomb_too():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for number in range(1_100):
            made.writestr(f"{number}", "")

    assert refusal("mp", buffer.getvalue()).code == "file.zip_bomb"


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><worksheet><sheetData><row><c t="inlineStr"><is><t>&c;</t></is>'
    b"</c></row></sheetData></worksheet>"
)


@pytest.mark.parametrize(("reference", "code"), [("1A", "file.unreadable"), ("ZZZ1", "file.hostile")])
def test_a_cell_that_stands_nowhere_in_a_sheet_is_refused(reference, code):
    start = zipfile.ZipFile(io.BytesIO(workbook({"Agraviados": table(mp_row())})))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in start.infolist():
            made.writestr(entry.filename, start.read(entry).replace(b'r="A1"', f'r="{reference}"'.encode()))

    assert refusal("mp", buffer.getvalue()).code == code


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"]
)
def test_billion_laughs_are_refused_wherever_they_stand(part):
    start = zipfile.ZipFile(io.BytesIO(workbook({"Agraviados": table(mp_row())})))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in start.infolist():
            made.writestr(entry.filename, LAUGHS if entry.filename == part else start.read(entry))

    assert refusal("mp", buffer.getvalue()).code == "file.hostile"


@pytest.mark.parametrize("share", [0.3, 0.6, 0.97])
def test_a_truncated_workbook_or_document_is_refused(share):
    book = workbook({"Agraviados": table(mp_row())})
    document = json.dumps({"fichas": [{"codigo": "C-1", "apertura": "2026-01-02", "persona": {
        "nombres": "A", "apellidos": "B"}}] * 50}).encode()  # fmt: skip

    assert refusal("mp", book[: int(len(book) * share)]).code == "file.truncated"
    assert refusal("calp", document[: int(len(document) * share)]).code == "file.truncated"


def test_json_that_nests_without_end_is_refused():
    assert refusal("calp", b'{"fichas":[' + b'{"a":' * 100_000).code in ("file.hostile", "file.truncated")


def test_an_empty_list_of_case_sheets_has_no_rows():
    assert refusal("calp", b'{"centro":"CALP","fichas":[]}').code == "file.no_rows"


def test_a_word_document_is_not_a_workbook():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr("word/document.xml", "<w/>")

    refused = refusal("mp", buffer.getvalue())

    assert (refused.code, refused.params["kind"]) == ("file.not_a_table", "document")


@settings(max_examples=60)
@given(st.binary(max_size=400), st.sampled_from(["pnp-reta", "mp", "calp"]))
def test_any_bytes_whatever_end_in_an_answer(content, source):
    with pytest.raises(Invalid) as caught:
        read(source, content)

    assert caught.value.code in SENTENCES


WHOLE = (pnp({}, {"NRO_REGISTRO": "R2"}), workbook({"A": table(mp_row())}))


@settings(max_examples=60)
@given(st.data())
def test_a_spoiled_file_is_read_or_refused_but_never_fails(data):
    content = bytearray(data.draw(st.sampled_from(WHOLE)))
    for place, byte in data.draw(
        st.lists(st.tuples(st.integers(0, len(content) - 1), st.integers(0, 255)), max_size=6)
    ):
        content[place] = byte
    source = "mp" if content[:2] == b"PK" else "pnp-reta"

    code, rows = _answer(source, bytes(content[: data.draw(st.integers(1, len(content)))]))

    assert (code in SENTENCES) if code else all({"reasons", "key"} & set(row) for row in rows)


def _answer(source: str, content: bytes) -> tuple[str, list[dict]]:
    try:
        return "", read(source, content)[1]
    except Invalid as refused:
        return refused.code, []


@given(st.dictionaries(st.sampled_from(list(PNP)), st.text(max_size=30), max_size=8))
def test_any_text_in_any_cell_ends_taken_or_set_aside(changes):
    spoiled = {
        name: "".join(c for c in text if c not in ';"\r\n\0' and c.isprintable()) for name, text in changes.items()
    }

    content = pnp(spoiled, encoding="utf-8")
    content = codecs.BOM_UTF8 + content

    row = read("pnp-reta", content)[1][0]

    for reason in row.get("reasons", ()):
        assert reason["code"] in SENTENCES
