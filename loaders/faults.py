"""Every fault a user can meet, once: its code, what it means, what to do, its HTTP status and where it is told.

GraphQL, HTTP, exports and the command line render this list, and the table in the documentation is held against it. A
code keeps its meaning and is never used for another. What an exception says of its own case stands beside it, and a
hint that could be computed takes the place of the one here.
"""

from dataclasses import dataclass
from enum import Enum, StrEnum


class Told(StrEnum):
    """Where a fault can be met."""

    GRAPHQL = "GraphQL"  # among the errors of an answer of GraphQL
    HTTP = "HTTP"  # as the whole answer to a request, at any address
    EXPORT = "/export"  # as the whole answer to a request for an export
    COMMAND = "gongkai"  # on the command line


GRAPHQL, HTTP, EXPORT, COMMAND = Told
FAILED, MISUSED = 1, 2  # exit codes
ANSWERED = 200  # found while a field is answered, so that it stands beside `data`


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is said of a fault; `status` is that of an answer which is nothing but this fault."""

    meaning: str
    hint: str = ""
    status: int = 400
    told: tuple[Told, ...] = (COMMAND,)
    exit_code: int = FAILED


class ErrorCode(Enum):
    """Every code, in the order in which a request or a file meets them."""

    def __init__(self, fault: Fault) -> None:
        self.meaning = fault.meaning
        self.hint = fault.hint
        self.status = fault.status
        self.told = fault.told
        self.exit_code = fault.exit_code

    BAD_HTTP = Fault(
        meaning="The request cannot be read as HTTP, its head is too long, or its length can be read in two ways.",
        told=(HTTP,),
    )
    NOT_FOUND = Fault(meaning="Nothing is at this address.", status=404, told=(HTTP,))
    METHOD_NOT_ALLOWED = Fault(
        meaning="This address does not answer that method; the header Allow names those it does.",
        status=405,
        told=(HTTP,),
    )
    ORIGIN_NOT_ALLOWED = Fault(
        meaning="Pages of that origin may not read this.",
        hint="GONGKAI_ORIGINS names who may.",
        status=403,
        told=(HTTP,),
    )
    HEADER_NOT_ALLOWED = Fault(
        meaning="A page of another origin may not send that header.", hint="Leave it out.", status=403, told=(HTTP,)
    )
    NOT_ACCEPTABLE = Fault(
        meaning="The client accepts no media type or coding that this address can give.", status=406, told=(HTTP,)
    )
    URL_TOO_LONG = Fault(meaning="The address is longer than one may be.", hint="Use POST.", status=414, told=(HTTP,))
    UNSUPPORTED_MEDIA_TYPE = Fault(
        meaning="The body of a request must be sent as application/json in UTF-8.",
        hint="Set the header Content-Type: application/json.",
        status=415,
        told=(HTTP,),
    )
    UNSUPPORTED_CONTENT_ENCODING = Fault(
        meaning="A compressed body is not accepted.",
        hint="Send it without Content-Encoding.",
        status=415,
        told=(HTTP,),
    )
    REQUEST_TIMEOUT = Fault(meaning="The body of the request did not arrive in time.", status=408, told=(HTTP,))
    BODY_TOO_LARGE = Fault(
        meaning="The body is larger than one may be.",
        hint="Send shorter documents, and values as variables.",
        status=413,
        told=(HTTP,),
    )
    BAD_JSON = Fault(meaning="The body, or a value in the address, is no JSON in UTF-8.", told=(HTTP,))
    NESTED_TOO_DEEPLY = Fault(meaning="A JSON value is nested more deeply than one may be.", told=(HTTP,))
    BATCHING_NOT_SUPPORTED = Fault(
        meaning="Batches are not supported.", hint="Send one operation a request.", told=(HTTP,)
    )
    PERSISTED_QUERY_NOT_SUPPORTED = Fault(
        meaning="A query is not known by its hash.",
        hint="Send `query` itself.",
        status=200,  # clients that send hashes take it for: send the whole document
        told=(HTTP,),
    )
    BAD_REQUEST = Fault(meaning="A parameter is missing, unknown, given twice or of the wrong type.", told=(HTTP,))

    GRAPHQL_PARSE_FAILED = Fault(meaning="The document is no GraphQL.", told=(GRAPHQL,))
    GRAPHQL_VALIDATION_FAILED = Fault(meaning="The document does not fit the schema.", told=(GRAPHQL,))
    OPERATION_NOT_FOUND = Fault(
        meaning="The document has no operation of that name, or several and none was named.", told=(GRAPHQL,)
    )
    OPERATION_NOT_ALLOWED = Fault(meaning="This way of asking allows queries only.", status=405, told=(GRAPHQL,))
    BAD_VARIABLES = Fault(meaning="A variable has no value, or one of the wrong type.", told=(GRAPHQL,))
    TOO_LARGE = Fault(
        meaning="The document has more tokens, definitions or directives than one request may have.", told=(GRAPHQL,)
    )
    TOO_DEEP = Fault(meaning="Selections are nested more deeply than one request may nest them.", told=(GRAPHQL,))
    TOO_MANY_ALIASES = Fault(meaning="The request uses more aliases than it may.", told=(GRAPHQL,))
    TOO_MANY_ROOT_FIELDS = Fault(meaning="The request asks for more root fields than it may.", told=(GRAPHQL,))
    TOO_COSTLY = Fault(
        meaning="The answer could hold more values than one answer may.",
        hint="Ask for fewer fields, or for a smaller page.",
        told=(GRAPHQL,),
    )
    BAD_PAGE = Fault(meaning="`first` or `last` is out of bounds, or both are given.", status=ANSWERED, told=(GRAPHQL,))
    BAD_CURSOR = Fault(
        meaning="A cursor is damaged, or belongs to another filter or order.",
        hint="Pass a cursor back with the same `where` and `orderBy` that it came from.",
        status=ANSWERED,
        told=(GRAPHQL,),
    )
    BAD_ID = Fault(
        meaning="An id is not one that this API has given out.",
        hint="Ids come from the field `id`.",
        status=ANSWERED,
        told=(GRAPHQL,),
    )
    BAD_ARGUMENTS = Fault(meaning="The arguments of a field do not go together.", status=ANSWERED, told=(GRAPHQL,))
    BAD_FILTER = Fault(
        meaning="A filter compares with something it cannot be compared with.",
        told=(GRAPHQL, EXPORT, COMMAND),
        exit_code=MISUSED,
    )
    BAD_SEARCH = Fault(
        meaning="A search cannot be read, or its terms are none, too many, too short or too long.",
        told=(GRAPHQL, EXPORT, COMMAND),
        exit_code=MISUSED,
    )
    FILTER_TOO_LARGE = Fault(
        meaning="A filter has more conditions, values or levels than it may.",
        told=(GRAPHQL, EXPORT, COMMAND),
        exit_code=MISUSED,
    )
    SCOPES_MIXED = Fault(
        meaning="An aggregate would be added to the reports it is made of.", status=ANSWERED, told=(GRAPHQL,)
    )
    KINDS_MIXED = Fault(
        meaning="Figures of different kinds of reports would be added up or compared, as of half a year and of a year.",
        hint="Pass `kind` or filter on it, group by KIND, or pass mixKinds: true.",
        status=ANSWERED,
        told=(GRAPHQL,),
    )
    STOCKS_SUMMED = Fault(
        meaning="Figures that are states at one moment, as documents in force, would be added up over years.",
        hint="Group by YEAR, filter on `year`, take AVG, MIN or MAX, or pass mixYears: true.",
        status=ANSWERED,
        told=(GRAPHQL,),
    )
    UNITS_MIXED = Fault(
        meaning="Figures of different units would be added up or compared.",
        hint="Filter on `unit`, group by UNIT, or pass mixUnits: true.",
        status=ANSWERED,
        told=(GRAPHQL,),
    )
    PARTS_MIXED = Fault(
        meaning="Figures of the prose would be added to what they are made of, or those of one year to those of all.",
        hint="Filter on `cumulative` and on `whole` (isNull: true leaves out all parts), group by LABEL and "
        "CUMULATIVE, or pass mixParts: true.",
        status=ANSWERED,
        told=(GRAPHQL,),
    )
    TOO_MANY_GROUPS = Fault(
        meaning="There are more groups than one answer may hold.",
        hint="Filter first.",
        status=ANSWERED,
        told=(GRAPHQL,),
    )

    UNKNOWN_EXPORT = Fault(meaning="There is no export of that name.", status=404, told=(EXPORT,))
    UNKNOWN_FIELD = Fault(meaning="The export has no column of that id.", told=(EXPORT, COMMAND), exit_code=MISUSED)
    BAD_LIMIT = Fault(meaning="The limit is no number of rows that one export may have.", told=(EXPORT,))
    TOO_MANY_ROWS = Fault(meaning="The filter chooses more rows than one export may have.", told=(EXPORT,))
    BAD_VALUE = Fault(meaning="A value does not fit its column in this format.", hint="Use another format.")
    NO_PARQUET = Fault(
        meaning="Parquet needs pyarrow, which is not installed.",
        hint="Install it with: pip install 'gongkai[parquet]'",
    )
    NOT_WRITABLE = Fault(meaning="The file cannot be written.")

    TIMEOUT = Fault(
        meaning="The answer was not there in the time that a request is given.",
        hint="Ask for less at once: fewer reports or fields, or a filter on year, agency or kind.",
        status=504,
        told=(GRAPHQL, HTTP, COMMAND),
    )
    DATABASE_UNAVAILABLE = Fault(
        meaning="MongoDB cannot be reached or used.",
        hint="Try again later.",
        status=503,
        told=(GRAPHQL, HTTP, COMMAND),
    )
    DATABASE_FORBIDDEN = Fault(  # an answer of GraphQL says DATABASE_UNAVAILABLE: why is the operator's business
        meaning="MongoDB refuses this server.",
        hint="Its operator finds the reason in the log.",
        status=503,
        told=(HTTP, COMMAND),
    )
    INTERNAL = Fault(
        meaning="Something went wrong on our side; the incident id finds it in the log.",
        hint="Report the incident id to whoever runs the server.",
        status=500,
        told=(GRAPHQL, HTTP),
    )
    DATABASE_ERROR = Fault(meaning="MongoDB refuses a command.")
    DISK_FULL = Fault(meaning="There is no space left where MongoDB writes; what was stored is unharmed.")
    DUPLICATE_KEY = Fault(meaning="A unique index already holds this key; nothing was written.")
    DOCUMENT_REFUSED = Fault(meaning="MongoDB cannot hold this document; nothing was written.")
    SETTING_INVALID = Fault(meaning="A setting cannot be used as given.")

    NO_SUCH_REPORT = Fault(meaning="No report of this id is loaded.", hint="`gongkai list` shows the ids.")
    NO_SUCH_FILE = Fault(meaning="There is no such file or folder.")
    NO_PERMISSION = Fault(meaning="There is no permission to read this.", hint="Allow reading, as chmod -R u+rX does.")
    SOURCE_UNREADABLE = Fault(meaning="The system cannot read the file.", hint="Check the disk and the path.")
    NO_REPORTS = Fault(
        meaning="A folder or an archive holds no file of a kind that is read.",
        hint="Reports are texts, web pages, Word, Excel, OFD and PDF files, a .zip of these, a .jsonl or a .warc.",
    )
    NO_REPORT = Fault(
        meaning="Nothing in the file tells a report on information disclosure.",
        hint="Check that it is the right file; --any loads it all the same.",
    )
    BAD_MANIFEST = Fault(
        meaning="A manifest of files, or a line of it, cannot be used.",
        hint="Give a .csv with the columns file,url[,title,date], or a .jsonl of objects with these fields.",
    )
    BAD_RECORD = Fault(
        meaning="A line, row or record of a file that holds many cannot be read.",
        hint="The others are loaded; mend it, or leave it out.",
    )
    EMPTY_FILE = Fault(meaning="The file holds no text.", hint="Download the report again.")
    FILE_TOO_LARGE = Fault(meaning="The file, or what reading it takes, is larger than a report can be.")
    FILE_TOO_SLOW = Fault(
        meaning="Reading the file takes longer than one file may take.",
        hint="Check that it is one report; GONGKAI_FILE_SECONDS gives each file more time.",
    )
    PARSER_FAILED = Fault(
        meaning="The program fails on the file, which is the program's own fault.",
        hint="Please report this line, with the file, to those who make the program; all other files are read.",
    )
    UNSUPPORTED_FORMAT = Fault(meaning="Files of this kind are not read.")
    DAMAGED_FILE = Fault(meaning="The file is damaged.", hint="Download it again.")
    ENCRYPTED_FILE = Fault(
        meaning="The file is protected by a password.", hint="Open it with the password and save a copy without one."
    )
    SCANNED_PDF = Fault(
        meaning="The PDF has no text layer, and what recognises pictures is not installed.",
        hint="Install it with: pip install 'gongkai[ocr]'",
    )
    NO_OCR = Fault(
        meaning="Pictures need an extra that recognises text, which is not installed.",
        hint="Install it with: pip install 'gongkai[ocr]'",
    )
    BINARY_FILE = Fault(
        meaning="The file should be text and is none.",
        hint="Give the report as text, as a web page, or as a Word, Excel, OFD or PDF file.",
    )
    ENCODING_UNKNOWN = Fault(
        meaning="The encoding of the file cannot be told.", hint="Open it in an editor and save it as UTF-8."
    )
