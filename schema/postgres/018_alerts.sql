-- What the channels of [alert] were told of, so that each is told once when something begins and once
-- when it ends.
CREATE TABLE alert (
    organisation text NOT NULL,
    channel      text NOT NULL, -- command or webhook
    kind         text NOT NULL,
    subject      text NOT NULL, -- what it is about, within its kind
    text         text NOT NULL,
    began_at     timestamptz NOT NULL,
    told_at      timestamptz, -- null: the channel could not be told yet
    ended_at     timestamptz, -- null while it goes on
    PRIMARY KEY (organisation, channel, kind, subject)
);
