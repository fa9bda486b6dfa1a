"""Folded text to the cells of the official tables.

The stages, in order: `plan` prepares an edition of a form, `hits` finds its labels, `layouts` turns the text between
them into runs of cell tokens, `stretches` chooses the stretch of text, the edition and the layout that fit, `align`
decides which row a run belongs to (with `padding`, `columns`, `detached` and `strips` for what tables do to their
cells), `readings` lists what a run can mean (`cuts` where digits are glued), `solve` keeps what the form's own sums
allow, `read` writes down one `CellValue` for each cell. `indicators` reads local tables. Nothing here knows a
particular form.
"""
