"""One block simulated under a set of effects: every outcome, in the order in which it comes about."""

from dataclasses import dataclass
from functools import cached_property

from data.demo.customers.after import After, after
from data.demo.customers.checkout import Checkout, checkout
from data.demo.customers.contacts import Tickets, tickets
from data.demo.customers.shop import Shop, shop
from data.demo.customers.visits import Timing, timing
from data.demo.customers.world import World


@dataclass(frozen=True)
class Outcome:
    """Steps are made when they are asked for: most twins need only the first two or three."""

    world: World
    on: frozenset[str]

    @cached_property
    def shop(self) -> Shop:
        return shop(self.world, self.on)

    @cached_property
    def buy(self) -> Checkout:
        return checkout(self.world, self.shop, self.on)

    @cached_property
    def after(self) -> After:
        return after(self.world, self.shop, self.buy, self.on)

    @cached_property
    def when(self) -> Timing:
        return timing(self.world, self.shop, self.buy)

    @cached_property
    def tickets(self) -> Tickets:
        return tickets(self.world, self.shop, self.buy, self.after, self.when, self.on)
