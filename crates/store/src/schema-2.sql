-- Schema 2: where documents were read from.

CREATE TABLE source (
    doc INTEGER PRIMARY KEY REFERENCES document,
    path TEXT NOT NULL,      -- the file, as it was named; `-` is standard input
    format TEXT NOT NULL,    -- what the file was read as
    at INTEGER NOT NULL,     -- the first byte of the record in the file, after decompression; of a member in a WARC file of them
    length INTEGER NOT NULL, -- bytes of the record
    part INTEGER NOT NULL,   -- which document of the record it is, from 0
    hash TEXT NOT NULL,      -- of the record: 32 hexadecimal digits of BLAKE3
    encoding TEXT NOT NULL,  -- of the record, by its WHATWG name
    map BLOB NOT NULL        -- which bytes of the record each stretch of the text was read from; see core's source.rs
);
CREATE INDEX source_path ON source (path, at, part);
