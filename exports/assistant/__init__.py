"""The server an assistant talks to (Model Context Protocol). The SDK is an extra, requirements-assistant.txt: only this folder imports it."""
