"""Folded text to the cells of the official tables.

The stages, in order: `hits` finds declared labels, `layouts` turns the text between them into runs of cell tokens,
`align` decides which row a run belongs to, `candidates` lists the readings a run allows, `solve` keeps those that the
form's own arithmetic allows, `read` writes down one `CellValue` for each cell. Nothing here knows a particular form.
"""
