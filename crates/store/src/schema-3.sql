-- Schema 3: ways into the tables that lists in parts, counts, facets and a document's own page take.

CREATE INDEX entity_doc ON entity (doc, nth, actor);

-- Documents by their publication, with what is counted of them.
DROP INDEX document_published;
CREATE INDEX document_listed ON document (published, id, publisher);

-- The day an event is listed under and its type stand with each of its states, so that events are listed and counted by the states
-- alone: an index on a computed column does not spare the look at its row.
DROP INDEX state_at;
ALTER TABLE state DROP COLUMN at;
ALTER TABLE state ADD COLUMN at TEXT NOT NULL DEFAULT ''; -- the day it is listed under: of "from" or, where that is not known, `day`
ALTER TABLE state ADD COLUMN type TEXT NOT NULL DEFAULT ''; -- of the event
UPDATE state SET at = coalesce(substr("from", 1, 10), day),
    type = (SELECT type FROM event WHERE event.event = state.event);
CREATE INDEX state_at ON state (at, event);
-- An agenda is put in order before its rows are looked at.
DROP INDEX state_ahead;
CREATE INDEX state_ahead ON state (ahead, day, until, "from", at) WHERE ahead IS NOT NULL;
-- `until` is in them although it is always NULL there: a condition that asks for that is otherwise looked up in the row.
CREATE INDEX state_now ON state (at, type, event, until, standing) WHERE until IS NULL;
CREATE INDEX state_type ON state (type, at, event, until, standing) WHERE until IS NULL;
CREATE INDEX state_place ON state (place, at, event, until) WHERE until IS NULL AND place IS NOT NULL;

-- The same of the present state with each party: what somebody did in some days is one stretch of an index.
ALTER TABLE party ADD COLUMN at TEXT NOT NULL DEFAULT '';
ALTER TABLE party ADD COLUMN type TEXT NOT NULL DEFAULT '';
UPDATE party SET (at, type) = (SELECT at, type FROM state WHERE state.event = party.event AND until IS NULL)
    WHERE event IN (SELECT event FROM state WHERE until IS NULL);
CREATE INDEX party_listed ON party (actor, type, at, event);

-- How often documents were coded anew: what was kept in mind of their records before does not hold any more.
CREATE TABLE recoding (n INTEGER NOT NULL);
INSERT INTO recoding (n) VALUES (0);
