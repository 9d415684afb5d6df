-- Schema 3: indexes for paged lists, counts, facets, and the page of a document.

CREATE INDEX entity_doc ON entity (doc, nth, actor);

-- Documents by publication date, with the columns that are counted.
DROP INDEX document_published;
CREATE INDEX document_listed ON document (published, id, publisher);

-- Each state has the date the event is listed under and its type, so that events can be listed and counted from this table alone.
-- An index on a computed column would not save reading the row.
DROP INDEX state_at;
ALTER TABLE state DROP COLUMN at;
ALTER TABLE state ADD COLUMN at TEXT NOT NULL DEFAULT ''; -- the date it is listed under: that of "from" or, if that is not known, `day`
ALTER TABLE state ADD COLUMN type TEXT NOT NULL DEFAULT ''; -- type of the event
UPDATE state SET at = coalesce(substr("from", 1, 10), day),
    type = (SELECT type FROM event WHERE event.event = state.event);
CREATE INDEX state_at ON state (at, event);
-- The agenda is sorted before its rows are read.
DROP INDEX state_ahead;
CREATE INDEX state_ahead ON state (ahead, day, until, "from", at) WHERE ahead IS NOT NULL;
-- These contain `until`, which is always NULL in them, because SQLite would otherwise read the row to test for it.
CREATE INDEX state_now ON state (at, type, event, until, standing) WHERE until IS NULL;
CREATE INDEX state_type ON state (type, at, event, until, standing) WHERE until IS NULL;
CREATE INDEX state_place ON state (place, at, event, until) WHERE until IS NULL AND place IS NOT NULL;

-- The same columns of the current state for each party, so that the events of an actor in a period are one range of an index.
ALTER TABLE party ADD COLUMN at TEXT NOT NULL DEFAULT '';
ALTER TABLE party ADD COLUMN type TEXT NOT NULL DEFAULT '';
UPDATE party SET (at, type) = (SELECT at, type FROM state WHERE state.event = party.event AND until IS NULL)
    WHERE event IN (SELECT event FROM state WHERE until IS NULL);
CREATE INDEX party_listed ON party (actor, type, at, event);

-- Number of re-extractions. Programs that cache parts of records compare it to know when the cache is stale.
CREATE TABLE recoding (n INTEGER NOT NULL);
INSERT INTO recoding (n) VALUES (0);
