"""Pictures of the views for docs/screenshots: python docs/screenshots.py http://127.0.0.1:8501 (a running app).

Each view at 1440 and 390 px, light and dark, as a palette PNG below 150 KB. Needs the test requirements and a Chromium.
"""

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from tests.app.served import browser_path, open_page  # noqa: E402  (found only once the root is on the path)

FOLDER = ROOT / "docs" / "screenshots"
VIEWS = {
    "overview": "/",
    "journey": "/journey",
    "stage": "/stage?at=Buy",
    "explore": "/explore?xm=csat_t2b_5&xb=stage",
    "definitions": "/definitions?metric=csat_t2b_5",
    "data": "/data",
}
WIDTHS, THEMES, MOST, TALLEST = (1440, 390), ("light", "dark"), 150_000, 2600


def main(address: str) -> int:
    """Take all pictures; returns 1 when one cannot be made small enough."""
    FOLDER.mkdir(exist_ok=True)
    large = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=browser_path(), args=["--no-sandbox"])
        for width in WIDTHS:
            for theme in THEMES:
                page = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme).new_page()
                _without_tour(page, address)
                for name, path in VIEWS.items():
                    open_page(page, address + path)
                    large += _keep(_taken(page, width), FOLDER / f"{name}-{width}-{theme}.png")
                page.context.close()
        browser.close()
    return 1 if large else 0


def _without_tour(page: Page, address: str) -> None:
    """Put the tour away, as somebody who knows the company has."""
    open_page(page, address + "/")
    away = page.locator("[class*='st-key-tour_'] button")
    if away.count():
        away.click()
        away.wait_for(state="detached")


def _taken(page: Page, width: int) -> Image.Image:
    """The whole page, at most as tall as somebody would scroll."""
    tall = page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": width, "height": min(int(tall) + 60, TALLEST)})
    page.wait_for_timeout(1500)  # charts are drawn anew at the new size
    shot = Image.open(io.BytesIO(page.screenshot()))
    page.set_viewport_size({"width": width, "height": 900})
    return shot.convert("RGB")


def _keep(image: Image.Image, file: Path) -> list[Path]:
    """Written with the largest palette that stays below the limit; the file itself if none does."""
    for colours in (128, 64, 32, 16):
        image.quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(file, optimize=True)
        if file.stat().st_size < MOST:
            print(f"{file.name}: {image.width} × {image.height}, {colours} colours, {file.stat().st_size // 1000} KB")
            return []
    return [file]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://127.0.0.1:8501"))
