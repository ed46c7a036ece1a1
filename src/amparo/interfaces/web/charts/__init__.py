"""Pictures drawn on the server as SVG: no script, readable by a screen reader, printed as they are.

Widths are percentages and heights are pixels, so that a picture fills its place on any screen while its letters keep
their size. Colours come from classes in ``charts.css``, because the content policy allows no style attributes. Each
module holds one pure function from data and words to markup; the table that goes under the picture is the template's.
"""
