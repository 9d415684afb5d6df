-- The ledger, schema 1. Dates are ISO 8601. "from" is inclusive and "to" exclusive, as in the record. Offsets count code points.

CREATE TABLE build (
    build INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE -- the program and version that made a record
);

-- A text with its metadata and the record extracted from it.
CREATE TABLE document (
    doc INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE, -- `d` and 16 hexadecimal digits of BLAKE3 of the content
    name TEXT,               -- file name or other name in its source
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

-- Bands of a document's MinHash signature, to find texts with nearly the same words.
CREATE TABLE copy_band (
    hash INTEGER NOT NULL,
    day INTEGER NOT NULL, -- publication date, as days since 1970-01-01
    doc INTEGER NOT NULL,
    PRIMARY KEY (hash, day, doc)
) WITHOUT ROWID;

-- People, organizations, groups and places across all documents.
CREATE TABLE actor (
    actor INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE, -- `a` and 12 hexadecimal digits
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    country TEXT,
    code TEXT
);
CREATE INDEX actor_code ON actor (code) WHERE code IS NOT NULL;

-- Names of an actor in the documents, in lowercase.
CREATE TABLE alias (
    alias TEXT NOT NULL,
    actor INTEGER NOT NULL REFERENCES actor,
    PRIMARY KEY (alias, actor)
) WITHOUT ROWID;

-- Entities of records, and the actors they are.
CREATE TABLE entity (
    actor INTEGER NOT NULL REFERENCES actor,
    doc INTEGER NOT NULL REFERENCES document,
    nth INTEGER NOT NULL, -- 1 is e1
    PRIMARY KEY (actor, doc, nth)
) WITHOUT ROWID;

CREATE TABLE time (
    doc INTEGER NOT NULL REFERENCES document,
    nth INTEGER NOT NULL, -- 1 is t1
    type TEXT NOT NULL,
    value TEXT NOT NULL,
    "from" TEXT,
    PRIMARY KEY (doc, nth)
) WITHOUT ROWID;

CREATE TABLE statement (
    doc INTEGER NOT NULL REFERENCES document,
    nth INTEGER NOT NULL, -- 1 is s1
    speaker INTEGER REFERENCES actor,
    kind TEXT NOT NULL,
    lemma TEXT,  -- of the cue
    "from" TEXT, -- when the statement was made
    PRIMARY KEY (doc, nth)
) WITHOUT ROWID;
CREATE INDEX statement_speaker ON statement (speaker) WHERE speaker IS NOT NULL;

-- A report of an event. The reports of one event in one text form a unit, named after the first of them.
CREATE TABLE mention (
    mention INTEGER PRIMARY KEY, -- the document's number times 2^20, plus the position in its record: 1 is v1
    doc INTEGER GENERATED ALWAYS AS (mention >> 20) VIRTUAL,
    nth INTEGER GENERATED ALWAYS AS (mention & 1048575) VIRTUAL,
    unit INTEGER,  -- NULL if it is the first of its unit
    event INTEGER, -- the event it reports; NULL if there is none, as in a document without a publication date
    type TEXT NOT NULL,
    status TEXT NOT NULL,
    polarity TEXT NOT NULL,
    certainty TEXT NOT NULL,
    confidence REAL NOT NULL,
    "from" TEXT,
    "to" TEXT,
    lemma TEXT NOT NULL,     -- of the trigger
    start INTEGER NOT NULL,  -- of the sentence of the trigger
    length INTEGER NOT NULL
);
CREATE INDEX mention_event ON mention (event) WHERE event IS NOT NULL;
CREATE INDEX mention_unit ON mention (unit) WHERE unit IS NOT NULL;

-- What a unit is compared by, and its antecedent.
CREATE TABLE unit (
    unit INTEGER PRIMARY KEY, -- the first mention
    tree INTEGER NOT NULL,    -- units connected by their antecedents
    antecedent INTEGER,       -- the most similar earlier unit
    score INTEGER,            -- similarity to the antecedent, in tenths of a point
    reasons TEXT,             -- what the two share, as words
    sketch BLOB NOT NULL      -- see bytes.rs of dateline-coreference
);
CREATE INDEX unit_tree ON unit (tree) WHERE tree <> unit;
CREATE INDEX unit_antecedent ON unit (antecedent) WHERE antecedent IS NOT NULL;

-- Index of units that may report the same event.
CREATE TABLE band (
    hash INTEGER NOT NULL, -- of the family of the type, two parties, and whether it is a plan
    day INTEGER NOT NULL,  -- of the event or, if that is not known, of publication
    unit INTEGER NOT NULL,
    PRIMARY KEY (hash, day, unit)
) WITHOUT ROWID;

-- An event, as reported by any number of documents.
CREATE TABLE event (
    event INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE, -- `w` and 12 hexadecimal digits, of its first report
    type TEXT NOT NULL,
    first TEXT NOT NULL,       -- date of the first report
    sources INTEGER NOT NULL,  -- independent sources: publishers, with copies counted once
    mentions INTEGER NOT NULL
);

-- Ids an event had before an earlier report or a merge gave it another. The mention leads to its present event.
CREATE TABLE former_id (
    id TEXT PRIMARY KEY,
    mention INTEGER NOT NULL
) WITHOUT ROWID;

-- A state of an event, from a day until the day of the next state.
CREATE TABLE state (
    event INTEGER NOT NULL REFERENCES event,
    day TEXT NOT NULL,
    until TEXT,             -- the day of the next state; NULL for the last
    ahead TEXT,             -- until when this is a plan; NULL if it is none
    standing TEXT NOT NULL,
    "from" TEXT,
    "to" TEXT,
    place INTEGER REFERENCES actor,
    parties TEXT NOT NULL,  -- actors, separated by spaces
    mention INTEGER NOT NULL, -- the report that made the state
    at TEXT GENERATED ALWAYS AS (coalesce(substr("from", 1, 10), day)) VIRTUAL, -- the date it is listed under
    PRIMARY KEY (event, day)
) WITHOUT ROWID;
CREATE INDEX state_at ON state (at, event);
CREATE INDEX state_ahead ON state (ahead, day) WHERE ahead IS NOT NULL;

-- Parties of an event, by any report.
CREATE TABLE party (
    actor INTEGER NOT NULL REFERENCES actor,
    event INTEGER NOT NULL REFERENCES event,
    PRIMARY KEY (actor, event)
) WITHOUT ROWID;
CREATE INDEX party_event ON party (event);

-- Relations between the events of one record.
CREATE TABLE relation (
    doc INTEGER NOT NULL REFERENCES document,
    kind TEXT NOT NULL,
    "from" INTEGER NOT NULL, -- mentions
    "to" INTEGER NOT NULL,
    PRIMARY KEY (doc, "from", "to", kind)
) WITHOUT ROWID;
CREATE INDEX relation_from ON relation ("from");
CREATE INDEX relation_to ON relation ("to");

-- Merges and splits that a person decided. They name reports by document and by where the trigger begins, which outlives re-extraction.
CREATE TABLE hand (
    kind TEXT NOT NULL CHECK (kind IN ('merge', 'split')),
    left_doc INTEGER NOT NULL REFERENCES document,
    left_start INTEGER NOT NULL,
    right_doc INTEGER NOT NULL REFERENCES document,
    right_start INTEGER NOT NULL,
    PRIMARY KEY (left_doc, left_start, right_doc, right_start)
) WITHOUT ROWID;

-- Full-text index; the row id is the document's number. A word that is part of a statement is under `statements`, any other word of
-- the text under `text`.
CREATE VIRTUAL TABLE words USING fts5 (
    title, text, statements, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);
