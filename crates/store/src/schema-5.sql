-- Schema 5: the reader that each record was made with.

ALTER TABLE document ADD COLUMN reader TEXT; -- `careful` or `fast`, as in the record; NULL if the record does not say
