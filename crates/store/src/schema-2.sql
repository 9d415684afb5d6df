-- Schema 2: sources of documents.

CREATE TABLE source (
    doc INTEGER PRIMARY KEY REFERENCES document,
    path TEXT NOT NULL,      -- path of the file, as it was given; `-` is standard input
    format TEXT NOT NULL,    -- format the file was read as
    at INTEGER NOT NULL,     -- offset of the record in bytes, after decompression; in a WARC file, of its member
    length INTEGER NOT NULL, -- length of the record in bytes
    part INTEGER NOT NULL,   -- position of the document in the record, from 0
    hash TEXT NOT NULL,      -- 32 hexadecimal digits of BLAKE3 of the record
    encoding TEXT NOT NULL,  -- WHATWG name of the record's encoding
    map BLOB NOT NULL        -- the bytes of the record that each part of the text was read from; see source.rs of dateline-core
);
CREATE INDEX source_path ON source (path, at, part);
