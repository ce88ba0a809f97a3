"""The shop's pages, search words and messages, as small tables that event codes point into."""

from data.demo.customers.episodes import PRODUCTS

HOST = "https://www.hearthandpine.example"
CATEGORIES = (
    "sofas",
    "armchairs",
    "tables",
    "chairs",
    "beds",
    "wardrobes",
    "shelves",
    "lamps",
    "rugs",
    "desks",
    "sideboards",
    "outdoor",
)
TERMS = (
    "sofa bed",
    "oak table",
    "small desk",
    "esstisch",
    "bücherregal",
    "corner sofa",
    "sessel grün",
    "bed 160x200",
    "kleiderschrank",
    "reading lamp",
    "wool rug",
    "bürostuhl",
    "sideboard eiche",
    "bar stool",
    "garden bench",
    "nachttisch",
    "extendable table",
    "schuhschrank",
    "floor lamp",
    "samt sofa",
)
_WOODS = ("oak", "pine", "walnut", "ash", "beech", "birch", "maple", "cherry", "elm", "larch")
_THINGS = (
    "lamp",
    "bookcase",
    "sofa",
    "stool",
    "sideboard",
    "bed",
    "rug",
    "table",
    "wardrobe",
    "chair",
    "desk",
    "armchair",
)
KINDS = ("small", "bulky", "made_to_order")

STEPS = ("start", "size", "fabric", "legs", "summary")
HELP = ("delivery", "returns", "payment", "assembly", "warranty")


def product_slug(number: int) -> str:
    return f"{_WOODS[number % 10]}-{_THINGS[(number * 7 + number // 10) % 12]}-{100 + number}"


def _pages() -> list[tuple[str, str]]:
    pages = [("/", "Hearth & Pine")]
    pages += [(f"/c/{c}", c.capitalize()) for c in CATEGORIES]
    pages += [(f"/search?q={t.replace(' ', '+')}", "Search") for t in TERMS]
    pages += [(f"/p/{product_slug(i)}", product_slug(i).replace("-", " ").capitalize()) for i in range(PRODUCTS)]
    pages += [(f"/reviews/{product_slug(i)}", "Reviews") for i in range(PRODUCTS)]
    pages += [(f"/configurator/{s}", "Make it yours") for s in STEPS]
    pages += [
        ("/cart", "Cart"),
        ("/checkout/address", "Checkout"),
        ("/checkout/delivery-slot", "Checkout"),
        ("/checkout/made-to-order", "Checkout"),
        ("/checkout/payment", "Checkout"),
        ("/checkout/confirmation", "Thank you"),
    ]
    pages += [("/account/orders", "My orders"), ("/account/track", "Track my order"), ("/account/returns", "Returns")]
    pages += [(f"/help/{h}", "Help") for h in HELP]
    return pages


PAGES = tuple(_pages())
URLS = tuple(HOST + path for path, _ in PAGES)
TITLES = tuple(title for _, title in PAGES)
AT = {path: number for number, (path, _) in enumerate(PAGES)}
CATEGORY_0, SEARCH_0, PRODUCT_0 = 1, 1 + len(CATEGORIES), 1 + len(CATEGORIES) + len(TERMS)
REVIEW_0, STEP_0 = PRODUCT_0 + PRODUCTS, PRODUCT_0 + 2 * PRODUCTS
CART = AT["/cart"]
HELP_0 = AT["/help/delivery"]

EVENTS = (
    "session_start",
    "page_view",
    "user_engagement",
    "view_search_results",
    "select_item",
    "view_item",
    "add_to_wishlist",
    "save_configuration",
    "add_to_cart",
    "begin_checkout",
    "purchase",
    "track_order",
    "rage_click",
    "dead_click",
    "js_error",
    "form_error",
    "web_vitals",
    "experiment_impression",
    "scroll",
)
EVENT = {name: code for code, name in enumerate(EVENTS)}

TEXTS = (
    "button.pay",
    "img.gallery",
    "div.delivery-note",
    "span.price",
    "svg.chevron",
    "a.help-topic",
    "TypeError: e.total is undefined",
    "Payment provider did not answer",
    "Address could not be verified",
    "Please choose a delivery slot",
    "Card number is not valid",
    "filter-panel",
    "review-photos",
    "control",
    "treatment",
) + TERMS
TEXT = {text: code for code, text in enumerate(TEXTS)}
TARGETS_BUY, TARGETS_ALL = ("button.pay", "div.delivery-note", "span.price"), ("img.gallery", "svg.chevron")
JS_ERRORS = ("TypeError: e.total is undefined", "Payment provider did not answer")
FORM_ERRORS = ("Address could not be verified", "Please choose a delivery slot", "Card number is not valid")
CAMPAIGNS = (
    ("(direct)", "(none)", "(direct)"),
    ("google", "organic", "(organic)"),
    ("google", "cpc", "brand"),
    ("newsletter", "email", "weekly"),
    ("instagram", "paid_social", "home-stories"),
)
