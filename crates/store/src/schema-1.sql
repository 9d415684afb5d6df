-- The ledger, schema 1. Days are ISO 8601; "from" is inclusive and "to" exclusive, as in the record. Offsets are code points.

CREATE TABLE build (
    build INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE -- the program that made a record
);

-- A text with what is known of its origin, and the record made of it.
CREATE TABLE document (
    doc INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE, -- of the content: `d` and 16 hexadecimal digits of BLAKE3
    name TEXT,               -- what it was called where it came from
    published TEXT,
    title TEXT,
    publisher TEXT,
    agency TEXT,
    byline TEXT,
    url TEXT,
    language TEXT,
    superseded INTEGER REFERENCES document, -- the next version of the same URL
    copy_of INTEGER REFERENCES document,    -- the earliest document with nearly the same words
    build INTEGER NOT NULL REFERENCES build,
    text TEXT NOT NULL,
    record BLOB NOT NULL -- see packed.rs
);
CREATE INDEX document_published ON document (published);
CREATE INDEX document_url ON document (url) WHERE url IS NOT NULL;
CREATE INDEX document_copy_of ON document (copy_of) WHERE copy_of IS NOT NULL;

-- Places of a document's MinHash signature, to find texts with nearly the same words.
CREATE TABLE copy_band (
    hash INTEGER NOT NULL,
    day INTEGER NOT NULL, -- of publication, counted from 1970-01-01
    doc INTEGER NOT NULL,
    PRIMARY KEY (hash, day, doc)
) WITHOUT ROWID;

-- People, organizations, groups and places over all documents.
CREATE TABLE actor (
    actor INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE, -- `a` and 12 hexadecimal digits
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    country TEXT,
    code TEXT
);
CREATE INDEX actor_code ON actor (code) WHERE code IS NOT NULL;

-- Names an actor goes by in the documents, in small letters.
CREATE TABLE alias (
    alias TEXT NOT NULL,
    actor INTEGER NOT NULL REFERENCES actor,
    PRIMARY KEY (alias, actor)
) WITHOUT ROWID;

-- Which entity of which record an actor is.
CREATE TABLE entity (
    actor INTEGER NOT NULL REFERENCES actor,
    doc INTEGER NOT NULL REFERENCES document,
    nth INTEGER NOT NULL, -- e1 is 1
    PRIMARY KEY (actor, doc, nth)
) WITHOUT ROWID;

CREATE TABLE time (
    doc INTEGER NOT NULL REFERENCES document,
    nth INTEGER NOT NULL, -- t1 is 1
    type TEXT NOT NULL,
    value TEXT NOT NULL,
    "from" TEXT,
    PRIMARY KEY (doc, nth)
) WITHOUT ROWID;

CREATE TABLE statement (
    doc INTEGER NOT NULL REFERENCES document,
    nth INTEGER NOT NULL, -- s1 is 1
    speaker INTEGER REFERENCES actor,
    kind TEXT NOT NULL,
    lemma TEXT,  -- of the cue
    "from" TEXT, -- when it was said
    PRIMARY KEY (doc, nth)
) WITHOUT ROWID;
CREATE INDEX statement_speaker ON statement (speaker) WHERE speaker IS NOT NULL;

-- One report of one event. Reports of one text that are of one event form a unit, named by its first.
CREATE TABLE mention (
    mention INTEGER PRIMARY KEY, -- the document's number times 2^20, and the place in its record: v1 is 1
    doc INTEGER GENERATED ALWAYS AS (mention >> 20) VIRTUAL,
    nth INTEGER GENERATED ALWAYS AS (mention & 1048575) VIRTUAL,
    unit INTEGER,  -- NULL where it is the first of its unit
    event INTEGER, -- the event of the world it reports; NULL where there is none, as of a document without a date
    type TEXT NOT NULL,
    status TEXT NOT NULL,
    polarity TEXT NOT NULL,
    certainty TEXT NOT NULL,
    confidence REAL NOT NULL,
    "from" TEXT,
    "to" TEXT,
    lemma TEXT NOT NULL,     -- of the trigger
    start INTEGER NOT NULL,  -- of the sentence it stands in
    length INTEGER NOT NULL
);
CREATE INDEX mention_event ON mention (event) WHERE event IS NOT NULL;
CREATE INDEX mention_unit ON mention (unit) WHERE unit IS NOT NULL;

-- What a unit is compared by, and what it hangs on.
CREATE TABLE unit (
    unit INTEGER PRIMARY KEY, -- the first mention
    tree INTEGER NOT NULL,    -- units joined by their antecedents
    antecedent INTEGER,       -- the earlier unit it is most like
    score INTEGER,            -- how like, in tenths
    reasons TEXT,             -- why, in words
    sketch BLOB NOT NULL      -- see event/sketch.rs
);
CREATE INDEX unit_tree ON unit (tree) WHERE tree <> unit;
CREATE INDEX unit_antecedent ON unit (antecedent) WHERE antecedent IS NOT NULL;

-- Where units that may be alike meet.
CREATE TABLE band (
    hash INTEGER NOT NULL, -- of type family, parties, and whether it is a plan
    day INTEGER NOT NULL,  -- of the event or, where that is not known, of publication
    unit INTEGER NOT NULL,
    PRIMARY KEY (hash, day, unit)
) WITHOUT ROWID;

-- An event of the world.
CREATE TABLE event (
    event INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE, -- `w` and 12 hexadecimal digits, of its first report
    type TEXT NOT NULL,
    first TEXT NOT NULL,       -- the day it was first reported
    sources INTEGER NOT NULL,  -- independent ones: publishers, copies counted once
    mentions INTEGER NOT NULL
);

-- Ids that an event went by before earlier reports or merges gave it another; the mention leads to the event of today.
CREATE TABLE former_id (
    id TEXT PRIMARY KEY,
    mention INTEGER NOT NULL
) WITHOUT ROWID;

-- How an event stood from a day on until the day of the next state.
CREATE TABLE state (
    event INTEGER NOT NULL REFERENCES event,
    day TEXT NOT NULL,
    until TEXT,             -- the day of the next state; NULL for the last
    ahead TEXT,             -- until when this is a plan of something ahead; NULL where it is none
    standing TEXT NOT NULL,
    "from" TEXT,
    "to" TEXT,
    place INTEGER REFERENCES actor,
    parties TEXT NOT NULL,  -- actors, parted by blanks
    mention INTEGER NOT NULL, -- the report that made the state
    at TEXT GENERATED ALWAYS AS (coalesce(substr("from", 1, 10), day)) VIRTUAL, -- the day it is listed under
    PRIMARY KEY (event, day)
) WITHOUT ROWID;
CREATE INDEX state_at ON state (at, event);
CREATE INDEX state_ahead ON state (ahead, day) WHERE ahead IS NOT NULL;

-- Who took part in an event, by any report.
CREATE TABLE party (
    actor INTEGER NOT NULL REFERENCES actor,
    event INTEGER NOT NULL REFERENCES event,
    PRIMARY KEY (actor, event)
) WITHOUT ROWID;
CREATE INDEX party_event ON party (event);

-- What holds between the events of one record.
CREATE TABLE relation (
    doc INTEGER NOT NULL REFERENCES document,
    kind TEXT NOT NULL,
    "from" INTEGER NOT NULL, -- mentions
    "to" INTEGER NOT NULL,
    PRIMARY KEY (doc, "from", "to", kind)
) WITHOUT ROWID;
CREATE INDEX relation_from ON relation ("from");
CREATE INDEX relation_to ON relation ("to");

-- Merges and splits made by hand. They name reports by document and trigger, which outlive a new coding.
CREATE TABLE hand (
    kind TEXT NOT NULL CHECK (kind IN ('merge', 'split')),
    left_doc INTEGER NOT NULL REFERENCES document,
    left_start INTEGER NOT NULL,
    right_doc INTEGER NOT NULL REFERENCES document,
    right_start INTEGER NOT NULL,
    PRIMARY KEY (left_doc, left_start, right_doc, right_start)
) WITHOUT ROWID;

-- Words of title, text and statements; the row is that of the document. A word that somebody says is under `statements`, any other
-- word of the text under `text`.
CREATE VIRTUAL TABLE words USING fts5 (
    title, text, statements, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);
