-- Messages that modules above capture send: not of a trace node's action, in both languages, with the page they are about.
ALTER TABLE capture_notice ALTER COLUMN action_id DROP NOT NULL;
ALTER TABLE capture_notice ALTER COLUMN node DROP NOT NULL;
ALTER TABLE capture_notice ADD COLUMN text_en text;
ALTER TABLE capture_notice ADD COLUMN link text;
COMMENT ON COLUMN capture_notice.text_en IS 'null: the text is as somebody wrote it, in one language';
COMMENT ON COLUMN capture_notice.link IS 'path of the console page that the message is about';
