"""Support: requests for help that followed friction beyond the expected, what waiting for a reply goes with, and what people ask about."""
