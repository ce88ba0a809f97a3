"""One reader a vendor export. A reader is a module with NAME and read(con, source, file) -> Reading."""

from data.readers import ga4, qualtrics, table, zendesk

READERS = {reader.NAME: reader for reader in (table, ga4, qualtrics, zendesk)}
