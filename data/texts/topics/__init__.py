"""What texts are about: topics a company names in topics.toml, and topics found in what no named one covers."""
