"""The Decisions page: findings that wait for a signature, and what was signed beside what it says today."""
