-- Times are seconds since 1970-01-01 UTC; days are local days of Europe/Brussels since 1970-01-01.

CREATE TABLE borne (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    site TEXT NOT NULL,
    host_kind TEXT NOT NULL,
    added INTEGER NOT NULL
) STRICT;

-- Tokens as SHA-256; `key` is the digest's first bytes and finds the row.
CREATE TABLE token (
    key BLOB NOT NULL PRIMARY KEY,
    digest BLOB NOT NULL,
    borne INTEGER NOT NULL REFERENCES borne (number),
    issued INTEGER NOT NULL,
    revoked INTEGER
) STRICT, WITHOUT ROWID;

-- What a borne said of itself in its last delivery.
CREATE TABLE contact (
    borne INTEGER PRIMARY KEY REFERENCES borne (number),
    at INTEGER NOT NULL,
    sent_at INTEGER NOT NULL,
    clock TEXT NOT NULL,
    uptime_ms INTEGER NOT NULL,
    firmware TEXT NOT NULL,
    catalogue_version TEXT NOT NULL
) STRICT;

CREATE TABLE epoch (
    number INTEGER PRIMARY KEY,
    borne INTEGER NOT NULL REFERENCES borne (number),
    value BLOB NOT NULL,
    UNIQUE (borne, value)
) STRICT;

-- Events as received. Arrival is kept by the day only: nothing here is finer than the hour.
CREATE TABLE event (
    number INTEGER PRIMARY KEY,
    epoch INTEGER NOT NULL REFERENCES epoch (number),
    seq INTEGER NOT NULL,
    received_day INTEGER NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (epoch, seq)
) STRICT;

CREATE TABLE video (
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE
) STRICT;

-- Counts, kept in the transaction that stores the event. `span` is 0 for a day, 1 for a month and
-- `start` its first day; `undated` is 1 when the day is that of arrival, the true one being unknown.
-- part_00 … part_19 count playbacks by the part of the video that was seen, in steps of 5 %.
CREATE TABLE video_count (
    span INTEGER NOT NULL,
    start INTEGER NOT NULL,
    undated INTEGER NOT NULL,
    video INTEGER NOT NULL REFERENCES video (number),
    plays INTEGER NOT NULL,
    completed INTEGER NOT NULL,
    watched_ms INTEGER NOT NULL,
    part_00 INTEGER NOT NULL,
    part_01 INTEGER NOT NULL,
    part_02 INTEGER NOT NULL,
    part_03 INTEGER NOT NULL,
    part_04 INTEGER NOT NULL,
    part_05 INTEGER NOT NULL,
    part_06 INTEGER NOT NULL,
    part_07 INTEGER NOT NULL,
    part_08 INTEGER NOT NULL,
    part_09 INTEGER NOT NULL,
    part_10 INTEGER NOT NULL,
    part_11 INTEGER NOT NULL,
    part_12 INTEGER NOT NULL,
    part_13 INTEGER NOT NULL,
    part_14 INTEGER NOT NULL,
    part_15 INTEGER NOT NULL,
    part_16 INTEGER NOT NULL,
    part_17 INTEGER NOT NULL,
    part_18 INTEGER NOT NULL,
    part_19 INTEGER NOT NULL,
    PRIMARY KEY (span, start, undated, video)
) STRICT, WITHOUT ROWID;

CREATE TABLE borne_count (
    span INTEGER NOT NULL,
    start INTEGER NOT NULL,
    undated INTEGER NOT NULL,
    borne INTEGER NOT NULL REFERENCES borne (number),
    plays INTEGER NOT NULL,
    completed INTEGER NOT NULL,
    watched_ms INTEGER NOT NULL,
    visits INTEGER NOT NULL,
    searches INTEGER NOT NULL,
    lost INTEGER NOT NULL,
    PRIMARY KEY (span, start, undated, borne)
) STRICT, WITHOUT ROWID;

-- Searches without result; an empty term is one that the borne did not pass on.
CREATE TABLE missed_search_count (
    span INTEGER NOT NULL,
    start INTEGER NOT NULL,
    undated INTEGER NOT NULL,
    term TEXT NOT NULL,
    searches INTEGER NOT NULL,
    PRIMARY KEY (span, start, undated, term)
) STRICT, WITHOUT ROWID;

CREATE TABLE unavailable_count (
    span INTEGER NOT NULL,
    start INTEGER NOT NULL,
    undated INTEGER NOT NULL,
    video INTEGER NOT NULL REFERENCES video (number),
    reason TEXT NOT NULL,
    borne INTEGER NOT NULL REFERENCES borne (number),
    times INTEGER NOT NULL,
    PRIMARY KEY (span, start, undated, video, reason, borne)
) STRICT, WITHOUT ROWID;

CREATE TABLE staff (
    name TEXT NOT NULL PRIMARY KEY,
    role TEXT NOT NULL,
    password TEXT NOT NULL,
    added INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
    digest BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL REFERENCES staff (name) ON DELETE CASCADE,
    expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
    number INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL
) STRICT;
