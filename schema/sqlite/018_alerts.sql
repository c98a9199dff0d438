-- What the channels of [alert] were told of, so that each is told once when something begins and once
-- when it ends.
CREATE TABLE alert (
    organisation TEXT NOT NULL,
    channel      TEXT NOT NULL, -- command or webhook
    kind         TEXT NOT NULL,
    subject      TEXT NOT NULL, -- what it is about, within its kind
    text         TEXT NOT NULL,
    began_at     TIMESTAMP NOT NULL,
    told_at      TIMESTAMP, -- null: the channel could not be told yet
    ended_at     TIMESTAMP, -- null while it goes on
    PRIMARY KEY (organisation, channel, kind, subject)
) WITHOUT ROWID;
