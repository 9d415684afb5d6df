-- Schema 4: merges and splits that a person decided are called manual overrides.

ALTER TABLE hand RENAME TO manual_override;
