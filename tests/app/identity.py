"""A small OpenID Connect provider for the sign-in tests: whoever comes is signed in as the one address it was made for."""

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT = "throughline"
SECRETS = """
[auth]
redirect_uri = "{app}/oauth2callback"
cookie_secret = "only-for-this-test-and-long-enough"
client_id = "{client}"
client_secret = "secret"
server_metadata_url = "{provider}/.well-known/openid-configuration"
"""


@contextmanager
def provider(email: str, verified: bool = True, more: dict | None = None):
    """Serve on 127.0.0.1 while the test runs; yields the provider's address. `more` are further claims of whoever comes next."""
    key, nonces = RSAKey.generate_key(2048, parameters={"kid": "k"}), {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
            if self.path.startswith("/authorize"):
                nonces["code"] = asked.get("nonce")
                self.send_response(302)
                self.send_header(
                    "Location", asked["redirect_uri"] + "?" + urlencode({"code": "code", "state": asked["state"]})
                )
                return self.end_headers()
            self._json({"keys": [key.as_dict(private=False)]} if self.path == "/keys" else metadata)

        def do_POST(self):
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            now = int(time.time())
            claims = {
                "iss": issuer,
                "sub": "1",
                "aud": CLIENT,
                "iat": now,
                "exp": now + 600,
                "nonce": nonces.get("code"),
                "email": email,
                "email_verified": verified,
            } | (more or {})
            self._json(
                {
                    "access_token": "a",
                    "token_type": "Bearer",
                    "expires_in": 600,
                    "id_token": jwt.encode({"alg": "RS256", "kid": "k"}, claims, key),
                }
            )

        def _json(self, content: dict) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(content).encode())

        def log_message(self, *line):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    issuer = f"http://127.0.0.1:{server.server_port}"
    metadata = {
        "issuer": issuer,
        "authorization_endpoint": issuer + "/authorize",
        "token_endpoint": issuer + "/token",
        "jwks_uri": issuer + "/keys",
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
    }
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield issuer
    finally:
        server.shutdown()
        server.server_close()
