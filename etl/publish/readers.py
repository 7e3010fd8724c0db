"""`read_seizures.R` and `seizures.do`: the product in R and Stata with the right types, labels and codes."""

from __future__ import annotations

from etl.schema import Field, Table

R_TYPES = {"text": "c", "list": "c", "integer": "d", "number": "d", "date": "D", "yes_no": "i"}
_STATA_LABEL_LIMIT = 80


def r_script(table: Table) -> bytes:
    """An R function that reads the table (readr), with factors for coded columns and logicals for yes/no."""
    types = ",\n".join(f'    {field.name} = "{R_TYPES[field.type]}"' for field in table.fields)
    lines = [
        f"# Reads {table.file} with its types and code lists. Needs the package readr.",
        f'# Generated from the project\'s schema. Usage: x <- read_{table.name}("{table.file}")',
        f'read_{table.name} <- function(path = "{table.file}") {{',
        "  types <- c(\n" + types + "\n  )",
        '  x <- readr::read_csv(path, col_types = do.call(readr::cols_only, as.list(types)), na = "",',
        '                       locale = readr::locale(encoding = "UTF-8"))',
    ]
    for field in table.fields:
        if field.type == "yes_no":
            lines.append(f'  x[["{field.name}"]] <- x[["{field.name}"]] == 1L')
        elif field.codes and field.type == "text":
            values = ", ".join(_quoted(code.value) for code in field.codes)
            labels = ", ".join(_quoted(code.en) for code in field.codes)
            lines.append(f'  x[["{field.name}"]] <- factor(x[["{field.name}"]], levels = c({values}),')
            lines.append(f"                          labels = c({labels}))")
    lines += [
        f'  attr(x[[{_quoted(field.name)}]], "label") <- {_quoted(_label(field))}' for field in table.fields
    ]
    return "\n".join([*lines, "  x", "}", ""]).encode()


def stata_script(table: Table) -> bytes:
    """A Stata do-file: imports the CSV as text, converts numbers and dates, labels variables and codes."""
    lines = [
        f"* Reads {table.file} with its types and labels. Generated from the project's schema.",
        "version 14",
        f'import delimited "{table.file}", varnames(1) case(preserve) encoding("utf-8") stringcols(_all) '
        "bindquote(strict) clear",
    ]
    for field in table.fields:
        if field.type in {"integer", "number", "yes_no"}:
            # Stata's default float would round tablets above 16 million.
            lines.append(f"destring {field.name}, replace")
            if field.type != "yes_no":
                lines += [f"recast double {field.name}", f"format {field.name} %15.0gc"]
        elif field.type == "date":
            lines += [
                f'generate long _day = daily({field.name}, "YMD")',
                f"drop {field.name}",
                f"rename _day {field.name}",
                f"format {field.name} %td",
            ]
        elif field.codes and field.type == "text":
            lines += _stata_codes(field)
        lines.append(f'label variable {field.name} "{_label(field)[:_STATA_LABEL_LIMIT]}"')
    order = " ".join(field.name for field in table.fields)
    return "\n".join([*lines, f"order {order}", ""]).encode()


def _stata_codes(field: Field) -> list[str]:
    """A coded text becomes a labelled number; a code the list doesn't know would stop the do-file."""
    lines = ["generate int _code = ."]
    for number, code in enumerate(field.codes, start=1):
        lines.append(f'replace _code = {number} if {field.name} == "{code.value}"')
        lines.append(f'label define {_value_label(field)} {number} "{_plain(code.en)}", add')
    return [
        *lines,
        f'assert !missing(_code) if {field.name} != ""',
        f"drop {field.name}",
        f"rename _code {field.name}",
        f"label values {field.name} {_value_label(field)}",
    ]


def _value_label(field: Field) -> str:
    """Names of value labels are limited like those of variables."""
    return f"{field.name[:28]}_lbl"


def _label(field: Field) -> str:
    unit = f" ({field.unit})" if field.unit else ""
    return _plain(field.en) + unit


def _plain(text: str) -> str:
    """Without the quotation marks that would end a string in either language."""
    return text.replace('"', "'").replace("`", "'").replace("\\", "/")


def _quoted(text: str) -> str:
    return f'"{_plain(text)}"'
