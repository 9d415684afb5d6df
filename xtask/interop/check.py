"""Reads what `dateline export` wrote with programs of others, and holds it together.

    python check.py FOLDER DATELINE

FOLDER has one file or folder of each format, made of one ledger; DATELINE is the program, which reads back what others write.
Prints a line a check and ends with status 1 where one fails. Only `cargo xtask interop` runs it.
"""

import json
import pathlib
import subprocess
import sys

import duckdb
import icalendar
import pandas
import polars
import pyarrow.parquet
from bioc import brat
from lxml import etree
from pyld import jsonld
from tieval.datasets.readers.document import TempEval3DocumentReader

FOLDER, DATELINE = pathlib.Path(sys.argv[1]), sys.argv[2]
TABLES = ["events", "mentions", "statements", "actors", "documents"]
FAILED = []


def check(what, holds, shown=""):
    print("ok  " if holds else "FAIL", what, shown if not holds else "")
    if not holds:
        FAILED.append(what)


def lines(name):
    return [json.loads(line) for line in (FOLDER / name).read_text("utf-8").splitlines()]


def texts_of_tsv(cell):
    """Undoes the escapes of a cell of TSV."""
    return cell.replace("\\\\", "\0").replace("\\t", "\t").replace("\\n", "\n").replace("\\r", "\r").replace("\0", "\\")


def tables():
    for table in TABLES:
        rows = lines(f"{table}.ndjson")
        names = list(rows[0])
        csv = pandas.read_csv(FOLDER / f"{table}.csv", dtype=str, keep_default_na=False)
        check(f"{table}.csv: pandas has its columns and rows", list(csv.columns) == names and len(csv) == len(rows))
        # The texts come back as they are, whatever commas, quotes and line feeds are in them.
        for name in names:
            told = [row[name] for row in rows]
            if all(isinstance(value, str) for value in told):
                read = [cell[1:] if cell[:2] in ("'=", "'+", "'-", "'@") else cell for cell in csv[name]]
                check(f"{table}.csv: {name} is the same in NDJSON", read == told)
        own = polars.read_csv(FOLDER / f"{table}.csv", infer_schema=False)
        check(f"{table}.csv: polars reads as many rows", own.height == len(rows) and own.columns == names)
        tsv = pandas.read_csv(FOLDER / f"{table}.tsv", sep="\t", quoting=3, dtype=str, keep_default_na=False)
        check(f"{table}.tsv: pandas has its columns and rows", list(tsv.columns) == names and len(tsv) == len(rows))
        first = names[0]
        check(f"{table}.tsv: its cells are those of CSV", [texts_of_tsv(cell) for cell in tsv[first]] == list(csv[first]))
        path = str(FOLDER / f"{table}.parquet")
        parquet = pandas.read_parquet(path)
        check(f"{table}.parquet: pandas has its columns and rows", list(parquet.columns) == names and len(parquet) == len(rows))
        check(f"{table}.parquet: its first column is that of NDJSON", list(parquet[first]) == [row[first] for row in rows])
        check(f"{table}.parquet: polars reads it", polars.read_parquet(path).height == len(rows))
        count = duckdb.sql(f"SELECT count(*), count(DISTINCT {first}) FROM '{path}'").fetchall()[0]
        check(f"{table}.parquet: DuckDB counts its rows", count[0] == len(rows) and count[1] == len({row[first] for row in rows}))
        meta = pyarrow.parquet.ParquetFile(path).metadata
        packed = {meta.row_group(0).column(at).compression for at in range(meta.num_columns)}
        check(f"{table}.parquet: zstd", packed == {"ZSTD"}, packed)
        keys = {key.decode() for key in (meta.metadata or {})}
        check(f"{table}.parquet: the version of its schema is in the metadata", any("schema" in key for key in keys), keys)


def releases():
    expected = {"polecat": (40, True), "gdelt": (61, False), "gdelt-mentions": (16, False), "icews": (20, True)}
    for name, (columns, has_head) in expected.items():
        head = 0 if has_head else None
        table = pandas.read_csv(FOLDER / f"{name}.tsv", sep="\t", quoting=3, header=head, dtype=str, keep_default_na=False)
        check(f"{name}: {columns} columns, and rows", table.shape[1] == columns and len(table) > 3, table.shape)
    polecat = pandas.read_csv(FOLDER / "polecat.tsv", sep="\t", quoting=3, dtype=str, keep_default_na=False)
    dates = pandas.to_datetime(polecat["Event Date"], format="ISO8601")
    check("polecat: dates are dates, nothing is empty", dates.notna().all() and not (polecat == "").any().any())
    check("polecat: ids are its own", polecat["Event ID"].is_unique)
    gdelt = pandas.read_csv(FOLDER / "gdelt.tsv", sep="\t", quoting=3, header=None, dtype=str, keep_default_na=False)
    mentions = pandas.read_csv(FOLDER / "gdelt-mentions.tsv", sep="\t", quoting=3, header=None, dtype=str, keep_default_na=False)
    check("gdelt: an event a row, and mentions are of them", gdelt[0].is_unique and bool(set(gdelt[0]) & set(mentions[0])))
    plover = lines("plover.ndjson")
    check("plover: records", len(plover) > 3 and all(record["event"] and record["id"] for record in plover))


def calendar():
    events = list(icalendar.Calendar.from_ical((FOLDER / "agenda.ics").read_bytes()).walk("VEVENT"))
    check("ics: icalendar reads events", len(events) > 0)
    uids = [str(event["UID"]) for event in events]
    check("ics: one UID each", len(set(uids)) == len(uids))
    check("ics: status", all(str(event["STATUS"]) in ("TENTATIVE", "CONFIRMED", "CANCELLED") for event in events))
    check("ics: sequence", all(int(event["SEQUENCE"]) >= 0 for event in events))
    check("ics: our own status beside it", all(event.get("X-DATELINE-STATUS") for event in events))
    spans = [(event.decoded("DTSTART"), event.decoded("DTEND")) for event in events if "DTEND" in event]
    check("ics: ends lie behind beginnings", all(start < end for start, end in spans))


def timeml():
    texts = {row["id"]: row["text"] for row in lines("documents.ndjson")}
    files = sorted((FOLDER / "timeml").glob("*.tml"))
    times, wrong = 0, []
    for file in files:
        # tieval reads times only from copies it has put offsets into, but text from any file of TempEval-3's layout.
        text = TempEval3DocumentReader(file)._text
        if text.rstrip("\n") != texts[file.stem].replace("\0", "\ufffd").rstrip("\n"):
            wrong.append(file.name)
        root = etree.parse(str(file)).getroot()
        for timex in root.iter("TIMEX3"):
            times += 1
            if not timex.get("tid") or timex.get("type") not in ("DATE", "TIME", "DURATION", "SET") or not timex.get("value"):
                wrong.append((file.name, timex.attrib))
        ids = [timex.get("tid") for timex in root.iter("TIMEX3")]
        ends = [timex.get(key) for timex in root.iter("TIMEX3") for key in ("beginPoint", "endPoint") if timex.get(key)]
        if len(set(ids)) != len(ids) or not set(ends) <= set(ids):
            wrong.append((file.name, "ids"))
    check(f"timeml: tieval reads the text of {len(files)} documents, lxml {times} times", times > 20 and not wrong, wrong[:3])


def annotations():
    texts = {row["id"]: row["text"] for row in lines("documents.ndjson")}
    pages = lines("annotations.ndjson")
    total, wrong = 0, []
    for page in pages:
        for item in page["items"]:
            total += 1
            targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
            for target in targets:
                selectors = target["selector"] if isinstance(target["selector"], list) else [target["selector"]]
                by = {selector["type"]: selector for selector in selectors}
                quote, position = by["TextQuoteSelector"], by["TextPositionSelector"]
                held = [text for text in texts.values() if text[position["start"]:position["end"]] == quote["exact"]]
                if not held:
                    wrong.append(item["id"])
    check(f"annotations: {total} quotes stand at their positions", total > 50 and not wrong, wrong[:3])

    def loader(url, options):
        # The context of the standard is not fetched; any will do to see that this is JSON-LD.
        context = {"@vocab": "http://www.w3.org/ns/oa#", "id": "@id", "type": "@type"}
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": {"@context": context}}

    for name in ["annotations.ndjson", "schema-org.ndjson"]:
        expanded = [jsonld.expand(page, {"documentLoader": loader}) for page in lines(name)[:5]]
        check(f"{name}: pyld expands it", all(expanded))
    events = lines("schema-org.ndjson")
    check("schema-org: events", len(events) > 3 and all("Event" in event["@type"] for event in events))
    states = {event["eventStatus"].rsplit("/", 1)[-1] for event in events if "eventStatus" in event}
    known = {"EventScheduled", "EventRescheduled", "EventPostponed", "EventCancelled", "EventMovedOnline"}
    check("schema-org: states are of its list", states and states <= known, states)


def standoff():
    files = sorted((FOLDER / "brat").glob("*.ann"))
    entities, events, wrong = 0, 0, []
    for file in files:
        text = file.with_suffix(".txt").read_text("utf-8")
        with open(file, encoding="utf-8") as handle:
            document = brat.load(open(file.with_suffix(".txt"), encoding="utf-8"), handle)
        events += len(list(document.events))
        for entity in document.entities:
            entities += 1
            pieces = [text[place.begin:place.end] for place in sorted(entity.locations)]
            if " ".join(pieces) != entity.text:
                wrong.append((file.name, entity.id))
    check(f"brat: bioc reads {entities} spans and {events} events at their places", entities > 50 and events > 10 and not wrong, wrong[:3])


def others_parquet():
    frame = pandas.DataFrame({
        "headline": ["Talks resume", "Ferry sails"],
        "date": pandas.to_datetime(["2021-05-08", "2021-05-09"]),
        "body": ["The ministers of both countries met in Oslo on Friday.", "The ferry that was repaired sailed on Sunday."],
    })
    for packing in ["snappy", "zstd", None]:
        path = FOLDER / "others.parquet"
        frame.to_parquet(path, compression=packing)
        output = subprocess.run([DATELINE, "extract", path], capture_output=True, text=True, check=False)
        records = [json.loads(line) for line in output.stdout.splitlines()]
        read = [(record["document"]["title"], record["document"]["published"][:10], record["document"]["text"]) for record in records]
        told = list(zip(frame["headline"], ["2021-05-08", "2021-05-09"], frame["body"]))
        check(f"others' parquet ({packing}): dateline reads what pandas wrote", read == told, output.stderr)


for part in [tables, releases, calendar, timeml, annotations, standoff, others_parquet]:
    try:
        part()
    except Exception as error:
        check(f"{part.__name__}: {type(error).__name__}: {error}", False)
sys.exit(1 if FAILED else 0)
