"""What a code says to a person, in Spanish and in English: what happened, where, and what to do.

Plain and kind: a clerk who hands in a file is helping, and nothing that is wrong with the file is her fault.
"""

from __future__ import annotations

from collections.abc import Mapping

from amparo.registries.reasons import Reason

_FILE: Mapping[str, tuple[str, str]] = {
    "file.empty": (
        "El archivo está vacío. Vuelva a exportarlo y revise que tenga filas antes de entregarlo.",
        "The file is empty. Please export it again and check that it has rows before you hand it in.",
    ),
    "file.no_rows": (
        "El archivo tiene encabezado, pero ninguna fila debajo. Revise el periodo que eligió al exportarlo.",
        "The file has a header but no row below it. Please check the period that you chose for the export.",
    ),
    "file.too_big": (
        "El archivo pesa {megabytes} MB y el máximo es {limit} MB. Entréguelo por partes, por ejemplo por año.",
        "The file has {megabytes} MB and the most is {limit} MB. Please hand it in by parts, for instance by year.",
    ),
    "file.too_many_rows": (
        "El archivo tiene más de {limit} filas. Entréguelo por partes, por ejemplo por año.",
        "The file has more than {limit} rows. Please hand it in by parts, for instance by year.",
    ),
    "file.zip_bomb": (
        "El archivo, al abrirse, ocupa muchísimo más de lo que pesa, y por seguridad no se leyó. "
        "Copie solo la tabla a un libro nuevo de Excel y entregue ese.",
        "Once opened, the file is far bigger than it seems, so for safety it was not read. "
        "Please copy only the table into a new workbook and hand that in.",
    ),
    "file.empty_rows": (
        "Desde la fila {row} hay más de {limit} filas sin datos. Bórrelas (seleccione las filas y elija Eliminar), "
        "guarde el archivo y entréguelo otra vez.",
        "From row {row} on there are more than {limit} rows without data. Please delete them, save the file and hand "
        "it in again.",
    ),
    "file.too_wide": (
        "La hoja tiene más de {limit} columnas. Deje solo las de la tabla y entréguela otra vez.",
        "The sheet has more than {limit} columns. Please keep only those of the table and hand it in again.",
    ),
    "file.too_heavy": (
        "El archivo pidió más memoria o más tiempo de lo que una entrega necesita, y se dejó de leer. "
        "Copie solo la tabla a un archivo nuevo, o entréguela por partes.",
        "The file asked for more memory or time than a delivery needs, and reading it was stopped. "
        "Please copy only the table into a new file, or hand it in by parts.",
    ),
    "file.hostile": (
        "El archivo contiene instrucciones que un registro no necesita y por seguridad no se leyó. "
        "Copie los datos a un archivo nuevo y avise a soporte si vuelve a pasar.",
        "The file holds instructions that a register does not need, so for safety it was not read. "
        "Please copy the data into a new file, and tell support if it happens again.",
    ),
    "file.infected": (
        "El antivirus encontró algo dañino en el archivo y no se guardó nada de él. "
        "Avise a soporte de su institución y expórtelo otra vez desde un equipo limpio.",
        "The virus scanner found something harmful in the file, and nothing of it was kept. "
        "Please tell your institution's support and export it again on a clean machine.",
    ),
    "file.not_scanned": (
        "El antivirus no responde y aquí ningún archivo se recibe sin revisar; no se guardó nada. "
        "Inténtelo más tarde y, si sigue igual, avise a soporte.",
        "The virus scanner does not answer, and no file is taken here without it; nothing was kept. "
        "Please try again later, and tell support if it stays so.",
    ),
    "file.truncated": (
        "El archivo está incompleto: termina antes de tiempo. Vuelva a descargarlo o exportarlo y entréguelo otra vez.",
        "The file is incomplete: it ends too early. Please download or export it again and hand it in once more.",
    ),
    "file.password": (
        "El archivo tiene contraseña. Ábralo, guárdelo sin contraseña y entréguelo; aquí queda cifrado.",
        "The file is locked with a password. Please open it, save it without one and hand it in; here it is encrypted.",
    ),
    "file.old_excel": (
        "El archivo es de un Excel anterior a 2007 (.xls). Ábralo y guárdelo como «Libro de Excel (.xlsx)».",
        "The file is of an Excel older than 2007 (.xls). Please open it and save it as “Excel Workbook (.xlsx)”.",
    ),
    "file.web_page": (
        "El archivo es una página web guardada con nombre de Excel. Ábralo y guárdelo como «Libro de Excel (.xlsx)».",
        "The file is a web page saved under the name of a workbook. Please open it and save it as .xlsx.",
    ),
    "file.not_a_table": (
        "El archivo no es una tabla (es de tipo «{kind}»). Se necesita el CSV, Excel (.xlsx) o JSON del registro.",
        "The file is not a table (it is of the kind “{kind}”). The register's CSV, .xlsx or JSON file is needed.",
    ),
    "file.nul_bytes": (
        "El archivo tiene caracteres dañados desde la posición {byte}. Vuelva a exportarlo del registro.",
        "The file has damaged characters from position {byte} on. Please export it from the register again.",
    ),
    "file.encoding": (
        "El texto del archivo no se puede leer como {encoding}. Vuelva a exportarlo, de preferencia en UTF-8.",
        "The text of the file cannot be read as {encoding}. Please export it again, preferably as UTF-8.",
    ),
    "file.line_too_long": (
        "La línea {line} es demasiado larga para ser una fila. Revise si falta un salto de línea o cerrar una comilla.",
        "Line {line} is too long to be a row. Please check for a missing line break or closing quotation mark.",
    ),
    "file.open_quote": (
        "Cerca de la línea {line} se abre una comilla que no se cierra. Corríjala en el archivo y entréguelo otra vez.",
        "Near line {line} a quotation mark is opened and not closed. Please correct it and hand the file in again.",
    ),
    "file.unreadable": (
        "No se pudo leer el archivo. Ábralo para comprobar que no esté dañado, guárdelo otra vez y entréguelo.",
        "The file could not be read. Please open it to see whether it is damaged, save it again and hand it in.",
    ),
    "file.wrong_sheet": (
        "No se encontró la hoja «{expected}». El archivo tiene estas hojas: {sheets}. "
        "Revise que sea el archivo correcto.",
        "The sheet “{expected}” was not found. The file has these sheets: {sheets}. "
        "Please check that it is the right file.",
    ),
    "file.no_header": (
        "No se encontró la fila con los nombres de las columnas. Deben estar al menos estas: {columns}.",
        "The row with the names of the columns was not found. At least these are needed: {columns}.",
    ),
    "file.columns_missing": (
        "Faltan columnas que se necesitan: {columns}. Revise que la exportación esté completa y que en la fila {row}, "
        "donde están los nombres de las columnas, no haya celdas combinadas.",
        "Columns that are needed are missing: {columns}. Please check that the export is whole, and that no cells are "
        "merged in row {row}, where the names of the columns are.",
    ),
    "file.other_institution": (
        "Este archivo parece ser de otra fuente: {source}. Usted eligió {expected}. Revise cuál quiere entregar.",
        "This file looks like the export of another source: {source}. You chose {expected}. Please check which one you "
        "want to hand in.",
    ),
    "delivery.unknown_source": (
        "No existe la fuente «{source}».",
        "There is no source “{source}”.",
    ),
    "delivery.not_your_institution": (
        "Solo las personas de la institución que lleva este registro pueden entregarlo.",
        "Only people of the institution that keeps this register can hand it in.",
    ),
    "delivery.none_here": ("No existe esa entrega.", "There is no such delivery."),
}

_ROW: Mapping[str, tuple[str, str]] = {
    "cell.empty": (
        "Falta el dato en «{column}». Complételo y entregue la fila otra vez.",
        "“{column}” has no value. Please fill it in and hand the row in again.",
    ),
    "cell.formula": (
        "«{column}» tiene una fórmula. Péguela como valor (Pegado especial, Valores).",
        "“{column}” holds a formula. Please paste it as a value (Paste special, Values).",
    ),
    "cell.error": (
        "«{column}» muestra un error de Excel ({value}). Escriba el dato.",
        "“{column}” shows an error of Excel ({value}). Please type the value.",
    ),
    "cell.damaged": (
        "«{column}» tiene letras dañadas. Escríbalas de nuevo (por ejemplo la Ñ o las tildes).",
        "“{column}” has damaged letters. Please type them again (for instance Ñ or accents).",
    ),
    "cell.too_long_for_a_sheet": (
        "«{column}» es más largo de lo que cabe en una celda. La fila sigue guardada entera; corríjala en su archivo.",
        "“{column}” is longer than a cell can hold. The row is still kept whole; please correct it in your own file.",
    ),
    "cell.not_a_list": (
        "«{column}» guarda una lista y su forma se alteró. Déjela como se le devolvió y corrija solo el dato.",
        "“{column}” holds a list whose form was altered. Please leave it as it was given back and correct the value.",
    ),
    "row.no_key": (
        "La fila no tiene número propio completo: falta «{column}». Sin él no se puede saber de qué registro es.",
        "The row has no complete number of its own: “{column}” is missing. Without it nobody can tell whose it is.",
    ),
    "row.key_twice": (
        "Este número ya está en la fila {row} del mismo archivo. Deje una sola fila con cada número.",
        "This number is already in row {row} of the same file. Please keep one row for each number.",
    ),
    "row.cut_short": (
        "La fila tiene {found} columnas y debería tener {expected}. Quizá se cortó al exportar.",
        "The row has {found} columns and should have {expected}. It may have been cut off by the export.",
    ),
    "row.too_wide": (
        "La fila tiene {found} columnas y debería tener {expected}. Quizá un texto contiene el separador.",
        "The row has {found} columns and should have {expected}. A text may contain the separator.",
    ),
    "row.not_an_object": (
        "Esta ficha no tiene la forma de una ficha.",
        "This item does not have the form of a case sheet.",
    ),
    "date.unreadable": (
        "«{value}» en «{column}» no se entiende como fecha. Escríbala como día/mes/año, por ejemplo 05/03/2024.",
        "“{value}” in “{column}” is not understood as a date. Please write day/month/year, such as 05/03/2024.",
    ),
    "date.impossible": (
        "«{value}» en «{column}» no existe en el calendario. Revise el día y el mes.",
        "“{value}” in “{column}” is not in the calendar. Please check the day and the month.",
    ),
    "date.short_year": (
        "«{value}» en «{column}» tiene el año con dos cifras. Escríbalo con cuatro, para no confundir el siglo.",
        "“{value}” in “{column}” has a year of two digits. Please write four, so that nobody mistakes the century.",
    ),
    "date.too_old": (
        "«{value}» en «{column}» es anterior a 1900. Revise el año.",
        "“{value}” in “{column}” is before 1900. Please check the year.",
    ),
    "date.future": (
        "«{value}» en «{column}» todavía no llega. Aquí va lo que ya ocurrió; revise el año y el mes.",
        "“{value}” in “{column}” is still to come. Only what has happened goes here; please check year and month.",
    ),
    "birth.impossible": (
        "La fecha de nacimiento «{value}» no puede ser: es posterior al registro o de hace más de 115 años.",
        "The date of birth “{value}” cannot be: it is later than the registration or more than 115 years ago.",
    ),
    "age.unreadable": (
        "«{value}» en «{column}» no se entiende como edad. Escriba los años, por ejemplo 17 o 15-17.",
        "“{value}” in “{column}” is not understood as an age. Please write years, such as 17 or 15-17.",
    ),
    "age.impossible": (
        "«{value}» en «{column}» no puede ser una edad. Revísela.",
        "“{value}” in “{column}” cannot be an age. Please check it.",
    ),
    "number.unreadable": (
        "«{value}» en «{column}» no se entiende como número.",
        "“{value}” in “{column}” is not understood as a number.",
    ),
    "code.unknown": (
        "«{value}» no está en la lista de «{column}». Elija una de las palabras de la lista o pida que se agregue.",
        "“{value}” is not in the list of “{column}”. Please use a word of the list, or ask for it to be added.",
    ),
}

_NOTE: Mapping[str, tuple[str, str]] = {
    "note.other_format": (
        "Se esperaba {expected} y llegó {found}; se leyó igual.",
        "{expected} was expected and {found} came; it was read all the same.",
    ),
    "note.other_encoding": (
        "El texto vino en {found} y se esperaba {expected}; se leyó igual.",
        "The text came in {found} where {expected} was expected; it was read all the same.",
    ),
    "note.damaged_encoding": (
        "Algunas letras del archivo vinieron dañadas; esas filas se apartaron.",
        "Some letters of the file came damaged; those rows were set aside.",
    ),
    "note.other_sheet": (
        "La tabla estaba en la hoja «{found}» y no en «{expected}».",
        "The table was in the sheet “{found}”, not in “{expected}”.",
    ),
    "note.title_rows": (
        "Hay filas de título; los nombres de las columnas están en la fila {row}.",
        "There are title rows; the names of the columns are in row {row}.",
    ),
    "note.two_header_rows": (
        "El encabezado ocupa dos filas, hasta la {row}.",
        "The header takes two rows, down to row {row}.",
    ),
    "note.unknown_columns": (
        "Columnas que no se conocen y se guardan selladas sin usarse: {columns}.",
        "Columns that are not known, kept sealed and not used: {columns}.",
    ),
    "note.column_twice": (
        "Columnas que vienen dos veces; se usó la primera: {columns}.",
        "Columns that come twice; the first one was used: {columns}.",
    ),
    "note.date_serial": (
        "En «{column}» había números de Excel en lugar de fechas; se convirtieron.",
        "“{column}” held numbers of Excel instead of dates; they were converted.",
    ),
    "note.date_month_first": (
        "En «{column}» había fechas con el mes adelante; se leyeron así porque de otro modo no existen.",
        "“{column}” held dates with the month first; they were read so because otherwise they do not exist.",
    ),
    "note.document_zero": (
        "En «{column}» faltaba el cero inicial del DNI; se repuso.",
        "In “{column}” the leading zero of the DNI was missing; it was put back.",
    ),
    "note.document_invalid": (
        "En «{column}» hay números que no pueden ser de ese documento; se guardan como vinieron.",
        "“{column}” has numbers that cannot be of that document; they are kept as they came.",
    ),
    "note.document_unusable": (
        "En «{column}» hay valores que no son un número de documento.",
        "“{column}” has values that are no document number.",
    ),
    "note.district_unknown": (
        "En «{column}» hay códigos de distrito que no existen en el sistema que usa esta institución.",
        "“{column}” has district codes that do not exist in the system that this institution uses.",
    ),
    "note.district_zero": (
        "En «{column}» faltaba el cero inicial del ubigeo; se repuso.",
        "In “{column}” the leading zero of the district code was missing; it was put back.",
    ),
    "note.birth_and_age": (
        "En «{column}» hay fechas de nacimiento que no concuerdan con la edad.",
        "“{column}” has dates of birth that do not agree with the age.",
    ),
    "note.birth_swapped": (
        "En «{column}» hay nacimientos que concordarían con la edad si se cambiaran día y mes; no se cambiaron.",
        "“{column}” has dates of birth that would agree with the age if day and month were swapped; they were not.",
    ),
    "note.office_unknown": (
        "En «{column}» hay dependencias que no están en la lista.",
        "“{column}” has offices that are not in the list.",
    ),
    "series.sum": (
        "El total {total} dice {found} y sus partes suman {expected}.",
        "The total {total} says {found} and its parts add up to {expected}.",
    ),
    "series.unequal_totals": (
        "Los totales que cuentan lo mismo no son iguales: {total} dice {found} y no {expected}.",
        "Totals that count the same are not equal: {total} says {found}, not {expected}.",
    ),
    "series.no_total": ("Falta el total {total}.", "The total {total} is missing."),
    "series.no_value": ("Falta el valor de {total}.", "The value of {total} is missing."),
    "series.twice": (
        "La tabla de este mes y comisaría viene repetida: {found} líneas donde irían {expected}.",
        "The table of this month and station is printed again: {found} lines where {expected} belong.",
    ),
    "series.differs": (
        "{total} viene más de una vez con valores distintos: {expected} y {found}.",
        "{total} is printed more than once with different values: {expected} and {found}.",
    ),
    "series.unknown_item": ("«{total}» no se conoce.", "“{total}” is not known."),
}

SENTENCES: Mapping[str, tuple[str, str]] = {**_FILE, **_ROW, **_NOTE}


def sentence(code: str, params: Mapping[str, object], language: str = "es") -> str:
    """The sentence of a code in ``es`` or ``en``; a code without one reads as itself."""
    texts = SENTENCES.get(code)
    if texts is None:
        return code
    return texts[0 if language.startswith("es") else 1].format_map(_shown(params))


def in_two(code: str, params: Mapping[str, object], language: str = "es") -> tuple[str, str]:
    """The sentence of a code as what happened and what to do about it; the second is empty where nothing is to do."""
    texts = SENTENCES.get(code, (code, code))
    what, _, remedy = texts[0 if language.startswith("es") else 1].partition(". ")
    shown = _shown(params)
    return f"{what.removesuffix('.')}.".format_map(shown), remedy.format_map(shown)


def of_reason(reason: Reason, language: str = "es", *, with_value: bool = True) -> str:
    """Why a row was set aside, with the value complained of unless it must not be shown."""
    value = reason.value if with_value else "…"
    return sentence(reason.code, {**reason.params, "column": reason.column, "value": value}, language)


def _shown(params: Mapping[str, object]) -> _Blank:
    return _Blank(
        {name: ", ".join(map(str, each)) if isinstance(each, list) else str(each) for name, each in params.items()}
    )


class _Blank(dict[str, str]):
    """Parameters of a sentence; one that is missing reads as three dots."""

    def __missing__(self, key: str) -> str:
        return "…"
